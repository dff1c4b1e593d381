import { StateMark } from "#components/ui/state-mark.tsx";
import type { FactDto } from "#server/deployments/schema.ts";

/** What a step or gate saw; a mark where it also judged. */
export function FactList({ facts }: { facts: readonly FactDto[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-small">
      {facts.map((fact) => (
        <div key={fact.label} className="contents">
          <dt className="text-muted">{fact.label}</dt>
          <dd className="flex items-baseline gap-1.5 wrap-anywhere">
            {fact.ok === undefined ? null : (
              <StateMark kind={fact.ok ? "ok" : "failed"} size={9} className={fact.ok ? "text-ok" : "text-failed"} />
            )}
            <span className="min-w-0">
              {fact.value}
              {fact.ok === undefined ? null : <span className="sr-only">{fact.ok ? " (fine)" : " (not fine)"}</span>}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
