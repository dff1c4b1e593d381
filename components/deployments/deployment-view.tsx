"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ProductionBand } from "#components/shell/production-band.tsx";
import { stepNames } from "./step-names.ts";
import { CausePanel } from "./cause-panel.tsx";
import { DeploymentHeader } from "./deployment-header.tsx";
import { RunAside } from "./run-aside.tsx";
import { RunDetails } from "./run-details.tsx";
import { StepList } from "./step-list.tsx";
import { TargetPicker } from "./target-picker.tsx";
import { deployment } from "./queries.ts";
import { shownStep } from "./shown-step.ts";

/** One deployment: what it is doing, why it ended as it did, and how to undo it. */
export function DeploymentView({ id }: { id: string }) {
  const { data } = useSuspenseQuery({
    ...deployment(id),
    // Events tell of changes; this is for a stream that is away.
    refetchInterval: (query) => (query.state.data?.finishedAt ? false : 10_000),
  });
  const [view, setView] = useQueryStates({ step: parseAsStringLiteral(stepNames), target: parseAsString });
  const run = data.targets.find((target) => target.targetId === view.target) ?? data.targets[0];
  const step = run ? shownStep(run, view.step) : undefined;
  return (
    <>
      {data.environment.kind === "production" ? <ProductionBand /> : null}
      <DeploymentHeader deployment={data} />
      {data.cause ? <CausePanel deployment={data} cause={data.cause} /> : null}
      {data.targets.length > 1 ? (
        <TargetPicker targets={data.targets} current={run?.targetId} onPick={(target) => void setView({ target })} />
      ) : null}
      {run ? (
        <div className="grid grid-cols-1 gap-x-8 gap-y-6 lg:grid-cols-[13rem_minmax(0,1fr)] xl:grid-cols-[13rem_minmax(0,1fr)_18rem]">
          <StepList steps={run.steps} current={step?.name} onPick={(name) => void setView({ step: name })} />
          <RunDetails run={run} step={step} />
          <RunAside deployment={data} run={run} />
        </div>
      ) : null}
    </>
  );
}
