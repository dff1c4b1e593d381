import { z } from "zod";

/** True, or the reason why not, for a button's tooltip. */
export const permit = z.union([z.literal(true), z.string()]);
export type Permit = z.infer<typeof permit>;

/** Who did something, as DTOs name them: a person, a token, or the product itself. */
export const actorDto = z.object({ kind: z.string(), id: z.string(), name: z.string() });

/** A moment as DTOs write it, or null where there is none. */
export function isoOrNull(date: Date | null | undefined): string | null {
  return date?.toISOString() ?? null;
}
