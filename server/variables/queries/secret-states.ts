import type { Ctx } from "../../core/context.ts";
import type { SecretStateDto } from "../schema.ts";
import type { Place } from "./versions.ts";

/** What is known of the secrets that the targets of a place run with. */
export async function secretStatesOf(_ctx: Ctx, _place: Place): Promise<SecretStateDto[]> {
  return [];
}
