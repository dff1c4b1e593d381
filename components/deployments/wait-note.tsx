import { Prose } from "#components/ui/prose.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentTargetDto } from "#server/deployments/schema.ts";

/** What a run waits for while AWS gives no answer that can be used: since when, and that nobody has to do anything. */
export function WaitNote({ run }: { run: Pick<DeploymentTargetDto, "waitingFor" | "waitingSince"> }) {
  if (!run.waitingFor) return null;
  return (
    <div role="status" className="rounded-md border border-waiting px-4 py-3">
      <State
        kind="waiting"
        size="md"
        label={<Prose text={withoutArn(run.waitingFor)} />}
        className="!whitespace-normal wrap-anywhere"
      />
      <p className="mt-1 pl-5.5 text-small text-pretty text-muted">
        {run.waitingSince ? (
          <>
            For <Time at={run.waitingSince} isBare /> so far.{" "}
          </>
        ) : null}
        The portal asks again and again and goes on by itself; what already runs in ECS is not touched meanwhile.
      </p>
    </div>
  );
}

/** ARNs say to a person what their last part says. */
function withoutArn(text: string): string {
  return text.replace(/\barn:aws[\w-]*:[^\s,;)]*[/:]([^\s/:,;)]+)/g, "$1");
}
