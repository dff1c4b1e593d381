import Link from "next/link";
import { statusWord } from "#components/deployments/deployment-state.tsx";
import { paths } from "#components/lib/paths.ts";
import { Code } from "#components/ui/code.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { TargetDto } from "#server/services/schema.ts";
import { HealthState } from "./health-state.tsx";

/** One service in one environment: what runs, since when, how it is, and what is coming. */
export function TargetCell({ service, target }: { service: string; target: TargetDto | undefined }) {
  if (!target) return <span className="text-muted">not here</span>;
  const { active, environment, release } = target;
  const coming = target.lacks.filter(({ version }) => version !== active?.version);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <HealthState health={target.health} size="xs" />
      <Link
        href={paths.service({ service, environment: environment.slug })}
        className="hover:underline underline-offset-2"
      >
        {release ? <Code>{release.version}</Code> : <span className="text-muted">nothing yet</span>}
        <span className="sr-only"> in {environment.name}</span>
      </Link>
      {active ? (
        <Link
          href={paths.deployment({ deployment: active.id })}
          className="inline-flex min-w-0 hover:underline underline-offset-2"
        >
          <State
            kind="moving"
            label={`${active.version} ${statusWord(active.status, active.step)}`}
            isToned
            className="min-w-0"
          />
        </Link>
      ) : target.releaseSince ? (
        <Time at={target.releaseSince} isBare className="text-muted" />
      ) : null}
      {coming.length > 0 ? (
        <span className="min-w-0 text-muted" data-tip={`Runs in an environment before ${environment.name}, and not here`}>
          lacks <Code>{coming.map(({ version }) => version).join(", ")}</Code>
        </span>
      ) : null}
    </div>
  );
}
