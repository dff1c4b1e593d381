import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { State } from "#components/ui/state.tsx";
import type { RolloutFacts } from "#server/deployments/schema.ts";

type Side = RolloutFacts["to"];

/** How far the new tasks have come and how many old ones are left; what would stop the rollout. */
export function RolloutPanel({ rollout, reason }: { rollout: RolloutFacts; reason: string | null }) {
  const { to, from, failedTasks, alarms } = rollout;
  return (
    <div className="flex flex-col gap-3">
      <Tasks title="New" side={to} kind={to.running >= to.requested && to.requested > 0 ? "ok" : "moving"} />
      <Tasks title="Old" side={from} kind="unknown" />
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-small">
        {failedTasks ? (
          <div className="flex gap-2">
            <dt className="text-muted">Circuit breaker</dt>
            <dd>
              <State
                kind={
                  failedTasks.count === 0 ? "ok" : failedTasks.count < failedTasks.threshold ? "degraded" : "failed"
                }
                label={`${failedTasks.count} of ${failedTasks.threshold} failed tasks`}
              />
            </dd>
          </div>
        ) : null}
        {alarms ? (
          <div className="flex gap-2">
            <dt className="text-muted">Alarms</dt>
            <dd>
              {alarms.triggered.length > 0 ? (
                <State kind="failed" label={alarms.triggered.join(", ")} className="!whitespace-normal" />
              ) : (
                <State kind="ok" label={`${alarms.names.length} watched, none fired`} />
              )}
            </dd>
          </div>
        ) : null}
        {rollout.lifecycleStage ? (
          <div className="flex gap-2">
            <dt className="text-muted">Stage</dt>
            <dd>{rollout.lifecycleStage.toLowerCase().replaceAll("_", " ")}</dd>
          </div>
        ) : null}
      </dl>
      {rollout.statusReason && rollout.statusReason !== reason ? (
        <p className="text-small text-pretty text-muted">{rollout.statusReason}</p>
      ) : null}
    </div>
  );
}

function Tasks({ title, side, kind }: { title: string; side: Side; kind: "ok" | "moving" | "unknown" }) {
  const total = Math.max(side.requested, side.running + side.pending, 1);
  const starting = side.pending > 0 ? `, ${side.pending} starting` : "";
  return (
    <div className="grid grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-3 text-small">
      <span className="text-muted">{title}</span>
      <ProgressBar share={side.running / total} label={`${title} tasks running`} kind={kind} />
      <span className="min-w-28 text-right">
        {side.running} of {side.requested} running{starting}
      </span>
    </div>
  );
}
