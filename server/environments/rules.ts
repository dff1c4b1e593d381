import type { Cell } from "../core/encryption.ts";

/** Where the external id of a role is kept, for its encryption. */
export function externalIdCell({ environmentId, accountId }: { environmentId: string; accountId: string }): Cell {
  return { table: "aws_roles", row: `${environmentId}/${accountId}`, column: "external_id" };
}

/** The account that an ARN names; empty for what is no ARN. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
