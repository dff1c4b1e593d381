import type { Place } from "../../contract.ts";
import { invalidRequest } from "./errors.ts";
import type { Secret, Secrets } from "./secrets.ts";

/** A secret that is not scheduled for deletion. */
export function requireActive(secrets: Secrets, place: Place, id: string | undefined): Secret {
  const secret = secrets.find(place, id);
  if (secret.deletesAt === undefined) return secret;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}
