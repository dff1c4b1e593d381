import { hashSecret, newTokenParts, writeToken } from "../auth/token-format.ts";
import { newId } from "../core/ids.ts";
import type { Role } from "../core/permissions.ts";
import type { Db } from "../db/client.ts";
import { createUser, grant } from "./factories.ts";

/** A bearer token of a new person who holds the role everywhere. */
export async function bearerOf(db: Db, role: Role | "nobody"): Promise<string> {
  const grants = role === "nobody" ? [] : [grant(role)];
  const owner = await createUser(db, { grants });
  const parts = newTokenParts();
  const id = newId("token");
  await db.apiToken.create({
    data: {
      id,
      name: `Token of ${owner.name}`,
      prefix: parts.prefix,
      hash: hashSecret(parts.secret),
      ownerId: owner.id,
    },
  });
  await db.grant.createMany({
    data: grants.map((held) => ({ id: newId("grant"), principalKind: "token", principalId: id, ...held })),
  });
  return `Bearer ${writeToken(parts)}`;
}
