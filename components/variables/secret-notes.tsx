import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SecretStateDto } from "#server/variables/schema.ts";

const kinds = { broken: "failed", changed: "degraded", pinned_old: "degraded" } as const;

type Noted = Pick<SecretStateDto, "names" | "reference" | "state" | "changedAt" | "headline"> & { target?: string };

/** Secrets of running tasks that are not as they should be, each with when it changed and what to do. */
export function SecretNotes({ states }: { states: readonly Noted[] }) {
  const told = states.filter((one): one is Noted & { state: keyof typeof kinds } => one.state in kinds);
  if (told.length === 0) return null;
  return (
    <ul aria-label="Secrets that need attention" className="flex flex-col gap-1.5">
      {told.map((one) => (
        <li
          key={`${one.target}/${one.reference}/${one.names.join()}`}
          className="flex flex-wrap items-baseline gap-x-2"
        >
          <State kind={kinds[one.state]} label={one.headline} className="!whitespace-normal" />
          {one.changedAt ? (
            <span className="text-small text-muted">
              changed <Time at={one.changedAt} />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
