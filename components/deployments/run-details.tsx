import type { ReactNode } from "react";
import { State } from "#components/ui/state.tsx";
import type { DeploymentTargetDto, StepDto } from "#server/deployments/schema.ts";
import { stepTitles } from "./deployment-state.tsx";
import { EventList } from "./event-list.tsx";
import { FactList } from "./fact-list.tsx";
import { GateList } from "./gate-list.tsx";
import { RolloutPanel } from "./rollout-panel.tsx";
import { TaskList } from "./task-list.tsx";

type RunDetailsProps = { run: DeploymentTargetDto; step: StepDto | undefined };

/** The step that is looked at, then the tasks and events of the run. */
export function RunDetails({ run, step }: RunDetailsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {run.waitingFor ? (
        <p role="status">
          <State kind="waiting" size="md" label={run.waitingFor} className="!whitespace-normal" />
        </p>
      ) : null}
      {step ? (
        <Section title={stepTitles[step.name]}>
          {step.reason ? <p className="mb-2 text-pretty text-muted">{step.reason}</p> : null}
          {step.rollout ? <RolloutPanel rollout={step.rollout} reason={step.reason} /> : null}
          {step.name === "gates" ? <GateList gates={run.gates} /> : null}
          <FactList facts={step.facts} />
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

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-body font-strong">{title}</h2>
      {children}
    </section>
  );
}
