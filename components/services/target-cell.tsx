import Link from "next/link";
import { Fragment } from "react";
import { statusWord } from "#components/deployments/deployment-state.tsx";
import { paths } from "#components/lib/paths.ts";
import { LockBadge } from "#components/locks/lock-badge.tsx";
import { Version } from "#components/ui/code.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ListedTargetDto } from "#server/services/schema.ts";
import { HealthState } from "./health-state.tsx";

/** One service in one environment: what runs, since when, how it is, and what is coming. */
export function TargetCell({ service, target }: { service: string; target: ListedTargetDto | undefined }) {
  if (!target) return <span className="text-muted">not here</span>;
  const { active, environment, release } = target;
  const coming = target.lacks.filter(({ version }) => version !== active?.version);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <HealthState
        health={target.health}
        desiredCount={target.observedAt ? target.desiredCount : undefined}
        size="xs"
      />
      <Link
        href={paths.service({ service, environment: environment.slug })}
        className="hover:underline underline-offset-2"
      >
        {release ? <Version>{release.version}</Version> : <span className="text-muted">nothing yet</span>}
        <span className="sr-only"> in {environment.name}</span>
      </Link>
      {active ? (
        <Link
          href={paths.deployment({ deployment: active.id })}
          className="inline-flex min-w-0 hover:underline underline-offset-2"
        >
          <State
            kind="moving"
            label={
              <>
                <Version>{active.version}</Version> {statusWord(active.status, active.step)}
              </>
            }
            isToned
            className="min-w-0"
          />
        </Link>
      ) : target.releaseSince ? (
        <Time at={target.releaseSince} isBare className="text-muted" />
      ) : null}
      <LockBadge lock={target.lock} />
      {coming.length > 0 ? (
        <span
          className="min-w-0 text-muted"
          data-tip={`Runs in an environment before ${environment.name}, and not here`}
        >
          lacks{" "}
          {coming.map(({ id, version }, index) => (
            <Fragment key={id}>
              {index > 0 ? ", " : null}
              <Version>{version}</Version>
            </Fragment>
          ))}
        </span>
      ) : null}
    </div>
  );
}
