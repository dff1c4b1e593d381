import { LogLines } from "#components/ui/log-lines.tsx";
import { Prose } from "#components/ui/prose.tsx";
import { State } from "#components/ui/state.tsx";
import type { DeploymentDto } from "#server/deployments/schema.ts";
import { doneAbout } from "./done-about.ts";

type Cause = NonNullable<DeploymentDto["cause"]>;

/** Why it ended badly, what to do, the last words of what died, and what was done about it. In that order. */
export function CausePanel({ deployment, cause }: { deployment: DeploymentDto; cause: Cause }) {
  return (
    <section aria-label="Cause" className="mb-6 rounded-md border border-failed bg-failed-soft px-4 py-3">
      <h2>
        <State
          kind="failed"
          size="lg"
          label={<Prose text={cause.headline} />}
          className="!whitespace-normal font-strong"
        />
      </h2>
      <div className="mt-1.5 flex max-w-prose flex-col gap-1.5 pl-5.5 text-pretty wrap-anywhere">
        {cause.detail ? (
          <p>
            <Prose text={cause.detail} />
          </p>
        ) : null}
        {cause.advice ? (
          <p>
            <Prose text={cause.advice} />
          </p>
        ) : null}
        <p className="text-muted">{doneAbout(deployment)}</p>
      </div>
      {cause.lines && cause.lines.length > 0 ? (
        <div className="mt-3 pl-5.5">
          <p className="mb-1 text-small text-muted">Last lines{cause.container ? ` of ${cause.container}` : ""}</p>
          <LogLines label="Last lines of the task that died" lines={cause.lines.map((text) => ({ text }))} />
        </div>
      ) : null}
    </section>
  );
}
