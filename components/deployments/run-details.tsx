import type { ReactNode } from "react";
import type { DeploymentTargetDto, StepDto } from "#server/deployments/schema.ts";
import { stepTitles } from "./deployment-state.tsx";
import { EventList } from "./event-list.tsx";
import { FactList } from "./fact-list.tsx";
import { GateList } from "./gate-list.tsx";
import { RolloutPanel } from "./rollout-panel.tsx";
import { TaskList } from "./task-list.tsx";
import { WaitNote } from "./wait-note.tsx";

type RunDetailsProps = { run: DeploymentTargetDto; step: StepDto | undefined };

/** The step that is looked at, then the tasks and events of the run. */
export function RunDetails({ run, step }: RunDetailsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <WaitNote run={run} />
      {step ? (
        <Section title={stepTitles[step.name]}>
          {step.reason ? <p className="mb-2 text-pretty text-muted">{step.reason}</p> : null}
          {step.rollout ? <RolloutPanel rollout={step.rollout} reason={step.reason} /> : null}
          {step.name === "gates" ? <GateList gates={run.gates} /> : null}
          <FactList facts={step.facts} />
          {isSilent(step) ? <p className="text-muted">Nothing is known of it yet.</p> : null}
          {step.status === "waiting" ? <p className="text-muted">Waits for the steps before it.</p> : null}
        </Section>
      ) : null}
      {run.tasks.length > 0 ? (
        <Section title="Tasks">
          <TaskList tasks={run.tasks} />
        </Section>
      ) : null}
      {run.events.length > 0 ? (
        <Section title="Events">
          <EventList events={run.events} />
        </Section>
      ) : null}
    </div>
  );
}

/** A step that has begun, and of which nothing was seen. */
function isSilent({ name, status, reason, rollout, facts }: StepDto): boolean {
  return status === "running" && name !== "gates" && !reason && !rollout && facts.length === 0;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-body font-strong">{title}</h2>
      {children}
    </section>
  );
}
