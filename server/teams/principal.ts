import { AppError, notFound } from "../core/errors.ts";
import type { Tx } from "../db/client.ts";
import type { Grant } from "../db/generated/client.ts";
import { findUser } from "./queries/people.ts";
import { findTeam } from "./queries/teams.ts";

export type PrincipalInput = { user?: string | undefined; toTeam?: string | undefined; token?: string | undefined };

/** Who is given a grant, and their name for messages. */
export type Principal = Pick<Grant, "principalKind" | "principalId"> & { name: string };

/** The person, team or token that the input names; throws `not_found`, and `conflict` for those who are shut out. */
export async function resolvePrincipal(tx: Tx, { user, toTeam, token }: PrincipalInput): Promise<Principal> {
  if (toTeam !== undefined) {
    const { id, name } = await findTeam(tx, toTeam);
    return { principalKind: "team", principalId: id, name };
  }
  if (token !== undefined) {
    const found = await tx.apiToken.findUnique({ where: { id: token } });
    if (!found) throw notFound("token", token);
    if (found.revokedAt) throw new AppError("conflict", `${found.name} was revoked.`, { reason: "token_revoked" });
    return { principalKind: "token", principalId: found.id, name: found.name };
  }
  const found = await findUser(tx, user ?? "");
  if (found.disabledAt)
    throw new AppError("conflict", `${found.name} is disabled.`, {
      reason: "user_disabled",
      advice: "Enable the account first.",
    });
  return { principalKind: "user", principalId: found.id, name: found.name };
}
