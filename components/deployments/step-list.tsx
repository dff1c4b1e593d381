import clsx from "clsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateMark } from "#components/ui/state-mark.tsx";
import { stateTone } from "#components/ui/state-tone.ts";
import type { StepDto, StepName } from "#server/deployments/schema.ts";
import { stateOfStep, stepTitles } from "./deployment-state.tsx";

type StepListProps = { steps: readonly StepDto[]; current: StepName | undefined; onPick: (step: StepName) => void };

/** The steps in order, with how long each took; pressing one shows it. */
export function StepList({ steps, current, onPick }: StepListProps) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-col gap-0.5">
        {steps.map((step) => {
          const kind = stateOfStep(step.status);
          return (
            <li key={step.name}>
              <button
                type="button"
                onClick={() => onPick(step.name)}
                aria-current={step.name === current ? "step" : undefined}
                className={clsx(
                  "grid min-h-9 w-full grid-cols-[auto_1fr_auto] items-center gap-x-2.5 rounded-md px-2 py-1.5 text-left",
                  step.name === current ? "bg-hover" : "hover:bg-hover",
                )}
              >
                <StateMark kind={kind} size={12} className={stateTone[kind]} />
                <span
                  className={clsx(step.name === current && "font-strong", step.status === "skipped" && "text-muted")}
                >
                  {stepTitles[step.name]}
                  <span className="sr-only"> {step.status}</span>
                </span>
                <span className="text-small text-muted">
                  {step.startedAt && step.status !== "skipped" ? (
                    <Duration from={step.startedAt} to={step.finishedAt} />
                  ) : null}
                  {step.status === "skipped" ? "skipped" : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
