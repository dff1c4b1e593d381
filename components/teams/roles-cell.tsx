"use client";

import { X } from "lucide-react";
import { formatRelative } from "#components/lib/format.ts";
import { useTicking } from "#components/lib/now.tsx";
import { whyNotOf } from "#components/lib/permit.ts";
import type { GrantDto } from "#server/teams/schema.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

function Until({ at }: { at: string }) {
  const text = useTicking((now) => (Date.parse(at) <= now ? "expired" : `ends ${formatRelative(Date.parse(at), now)}`));
  return (
    <time dateTime={at} data-tip-instant={at} className="text-muted">
      {text}
    </time>
  );
}

type RolesCellProps = {
  grants: readonly GrantDto[];
  /** What it means to hold none. */
  none?: string;
  onTake: (grant: GrantDto) => void;
};

/** Roles, each with where it counts and a button that takes it away. */
export function RolesCell({ grants, none = "none, sees nothing", onTake }: RolesCellProps) {
  if (grants.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 py-1">
      {grants.map((grant) => {
        const reason = whyNotOf(grant.can.delete);
        return (
          <li key={grant.id} className="group/role inline-flex items-center gap-1.5">
            <span className="font-strong">{roleLabel(grant.role)}</span>
            <span className="text-muted">{whereInWords(grant)}</span>
            {grant.breakGlass ? (
              <span
                data-tip="Counts only while its holder has raised their role"
                className="rounded-sm border border-dashed border-line-strong px-1 text-[0.6875rem] leading-4 text-muted"
              >
                in an emergency
              </span>
            ) : null}
            {grant.expiresAt ? <Until at={grant.expiresAt} /> : null}
            {reason ? null : (
              <button
                type="button"
                onClick={() => onTake(grant)}
                aria-label={`Take ${roleLabel(grant.role)} ${whereInWords(grant)} away from ${grant.principal.name}`}
                data-tip="Take away"
                className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
              >
                <X className="size-3.5" aria-hidden />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
