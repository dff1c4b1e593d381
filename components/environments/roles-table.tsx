"use client";

import { lazy } from "react";
import { formatPlural } from "#components/lib/format.ts";
import type { Column } from "#components/table/column.ts";
import { DataTable } from "#components/table/data-table.tsx";
import { Code } from "#components/ui/code.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { RoleDto } from "#server/environments/schema.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";

const RoleForm = lazy(() => import("./role-form.tsx").then((module) => ({ default: module.RoleForm })));
const RemoveRoleForm = lazy(() =>
  import("./remove-role-form.tsx").then((module) => ({ default: module.RemoveRoleForm })),
);

type RolesTableProps = { environment: string; roles: readonly RoleDto[]; whyNot: string | undefined };

/** Roles by account, with what may be done to them. */
export function RolesTable({ environment, roles, whyNot }: RolesTableProps) {
  const columns: Column<RoleDto>[] = [
    { id: "account", header: "Account", width: "9rem", cell: (row) => <Code>{row.accountId}</Code> },
    { id: "role", header: "Role", cell: (row) => <Code>{row.roleArn}</Code> },
    {
      id: "external",
      header: "External id",
      width: "8rem",
      narrowLabel: "External id",
      cell: (row) => (row.hasExternalId ? "set" : "none"),
    },
    { id: "targets", header: "Used by", width: "8rem", cell: (row) => formatPlural(row.targets, "target") },
    {
      id: "act",
      header: "Actions",
      width: "11rem",
      align: "right",
      cell: (row) => (
        <span className="inline-flex gap-2">
          <DialogButton
            label="Change…"
            ariaLabel={`Change the role in ${row.accountId}`}
            isSmall
            disabledReason={whyNot}
            title={`Role in account ${row.accountId}`}
          >
            {(close) => <RoleForm environment={environment} role={row} onDone={close} />}
          </DialogButton>
          <DialogButton
            label="Remove…"
            ariaLabel={`Remove the role in ${row.accountId}`}
            isSmall
            disabledReason={whyNot}
            title={`Remove the role in account ${row.accountId}?`}
          >
            {(close) => <RemoveRoleForm environment={environment} accountId={row.accountId} onDone={close} />}
          </DialogButton>
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="Roles by account"
      columns={columns}
      rows={roles}
      rowId={(row) => row.accountId}
      empty={
        <EmptyState title="No role is set">
          The portal acts here with its own credentials, in their account alone. With a role it acts in the account of
          the role, with no more than what the role allows.
        </EmptyState>
      }
    />
  );
}
