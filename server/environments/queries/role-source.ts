import { encryptionKeyring } from "../../core/config.ts";
import { CannotDecrypt, decrypt, type Keyring } from "../../core/encryption.ts";
import type { Db } from "../../db/client.ts";
import type { AwsRole } from "../../db/generated/client.ts";
import { RuntimeFailure } from "../../deployments/ports.ts";
import type { AssumableRole, RoleSource } from "../ports.ts";
import { externalIdCell } from "../rules.ts";

/** How long roles are taken as unchanged: many calls of one look share one query. */
const ageMs = 1_000;

type Row = AwsRole & { environment: { slug: string } };

function open(row: Row, keyring: () => Keyring): AssumableRole {
  const { roleArn, environment } = row;
  const sessionName = `quarterdeck-${environment.slug}`.slice(0, 64);
  if (row.externalId === null) return { roleArn, externalId: null, sessionName };
  try {
    return { roleArn, externalId: decrypt(keyring(), externalIdCell(row), row.externalId), sessionName };
  } catch (error) {
    if (!(error instanceof CannotDecrypt)) throw error;
    const message = `The external id of the role ${roleArn} of ${environment.slug} cannot be read.`;
    throw new RuntimeFailure("denied", "sts:AssumeRole", message, { cause: error, advice: error.message });
  }
}

/** Roles as the database has them, at most a second old. */
export function roleSource(db: () => Db, keyring: () => Keyring = encryptionKeyring): RoleSource {
  let read: { at: number; rows: Promise<Row[]> } | undefined;

  function all(): Promise<Row[]> {
    if (read && Date.now() - read.at < ageMs) return read.rows;
    const rows = db().awsRole.findMany({
      include: { environment: { select: { slug: true } } },
      orderBy: [{ environment: { position: "asc" } }, { environmentId: "asc" }],
    });
    const mine = { at: Date.now(), rows };
    read = mine;
    rows.catch(() => {
      if (read === mine) read = undefined;
    });
    return rows;
  }

  return {
    async roleFor({ environmentId, accountId }) {
      const row = (await all()).find((one) => one.environmentId === environmentId && one.accountId === accountId);
      return row && open(row, keyring);
    },
    async roleIn(accountId) {
      const row = (await all()).find((one) => one.accountId === accountId);
      return row && open(row, keyring);
    },
  };
}
