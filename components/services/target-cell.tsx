import clsx from "clsx";
import Link from "next/link";
import { Fragment } from "react";
import { statusWord } from "#components/deployments/deployment-state.tsx";
import { paths } from "#components/lib/paths.ts";
import { LockBadge } from "#components/locks/lock-badge.tsx";
import { Version } from "#components/ui/code.tsx";
import { State } from "#components/ui/state.tsx";
import { stateTone } from "#components/ui/state-tone.ts";
import { Time } from "#components/ui/time.tsx";
import type { ListedTargetDto } from "#server/services/schema.ts";
import { healthWord } from "./health-state.tsx";
import { targetsHere } from "./targets-here.ts";

type TargetCellProps = { service: string; targets: readonly ListedTargetDto[] };

/** One service in one environment: what runs, since when, how it is, and what is coming. Of several targets the worst. */
export function TargetCell({ service, targets }: TargetCellProps) {
  const here = targetsHere(targets);
  if (!here) return <span className="text-muted">not here</span>;
  const { worst, active, coming } = here;
  const { environment } = worst;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-2">
      <State kind={worst.health} size="xs" label={healthWord(worst)} />
      <Link
        href={paths.service({ service, environment: environment.slug })}
        className="hover:underline underline-offset-2"
      >
        {here.versions.map((version, index) => (
          <Fragment key={version}>
            {index > 0 ? ", " : null}
            <Version>{version}</Version>
          </Fragment>
        ))}
        {here.without.length > 0 ? (
          <span className="text-muted">
            {here.versions.length > 0 ? ", " : null}
            {here.without.join(", ")}
          </span>
        ) : null}
        <span className="sr-only"> in {environment.name}</span>
      </Link>
      {targets.length > 1 ? <HowMany of={targets.length} alike={here.alike} worst={worst} /> : null}
      {active.map((one) => (
        <Link
          key={one.id}
          href={paths.deployment({ deployment: one.id })}
          className="inline-flex min-w-0 hover:underline underline-offset-2"
        >
          <State
            kind="moving"
            label={
              <>
                <Version>{one.version}</Version> {statusWord(one.status, one.step)}
              </>
            }
            isToned
            className="min-w-0"
          />
        </Link>
      ))}
      {active.length === 0 && here.since ? <Time at={here.since} isBare className="text-muted" /> : null}
      {here.locks.map((lock) => (
        <LockBadge key={lock.id} lock={lock} />
      ))}
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

/** "1 of 2 down" in the colour of it; "2 targets" while all is well. */
function HowMany({ of, alike, worst }: { of: number; alike: number; worst: ListedTargetDto }) {
  const isWell = worst.health === "ok";
  return (
    <span className={clsx("whitespace-nowrap", isWell ? "text-muted" : stateTone[worst.health])}>
      {isWell ? `${of} targets` : `${alike} of ${of} ${healthWord(worst)}`}
    </span>
  );
}
