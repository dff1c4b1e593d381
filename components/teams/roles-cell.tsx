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

/** The roles of a person, each with where it counts and a button that takes it away. */
export function RolesCell({ grants, onTake }: { grants: readonly GrantDto[]; onTake: (grant: GrantDto) => void }) {
  if (grants.length === 0) return <span className="text-muted">none, sees nothing</span>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 py-1">
      {grants.map((grant) => {
        const reason = whyNotOf(grant.can.delete);
        return (
          <li key={grant.id} className="group/role inline-flex items-center gap-1.5">
            <span className="font-strong">{roleLabel(grant.role)}</span>
            <span className="text-muted">{whereInWords(grant)}</span>
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
