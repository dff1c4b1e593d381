"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Form } from "#components/forms/form.tsx";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ConflictField } from "./conflict-field.tsx";
import { deployBlocker, nowRunning, optionLabel, overridesOf } from "./deploy-choice.ts";
import { gateTally } from "./gate-tally.ts";
import { OverrideFields } from "./override-fields.tsx";
import { PlanSummary } from "./plan-summary.tsx";
import { plan as planQuery } from "./queries.ts";
import { useConflict } from "./use-conflict.ts";
import { WaveList } from "./wave-list.tsx";

export type DeployFormProps = {
  service: string;
  environment: string;
  /** The release to begin with; by default the newest that does not run there. */
  version?: string | undefined;
};

export function DeployForm({ service, environment, version }: DeployFormProps) {
  const router = useRouter();
  const [chosen, setChosen] = useState(version);
  const plan = useQuery({
    ...planQuery({ service, environment, version: chosen, kind: "deploy" }),
    placeholderData: keepPreviousData,
  });
  const { first, choose, onConflict } = useConflict(plan.data);
  const create = useMutation(api.deployments.create.mutationOptions());
  if (plan.isError) return <ProblemNote problem={problemOf(plan.error)} />;
  if (!plan.data) return <SkeletonRows rows={4} label="Loading what would change" />;
  const { options, to, from, variables } = plan.data;
  if (options.length === 0 || !to) {
    return (
      <EmptyState title="There is no release to deploy">
        A release is a build that can run: CI posts it to /api/v1/releases. Post one, and it appears here.
      </EmptyState>
    );
  }
  const { failing } = gateTally(plan.data.gates);
  return (
    <Form
      action={`Deploy ${to.version} to ${environment}`}
      disabledReason={plan.isPlaceholderData ? "Looking at what would change." : deployBlocker(plan.data, onConflict)}
      onSubmit={async (values) => {
        const created = await create.mutateAsync({
          service,
          environment,
          version: to.id,
          // What was shown is what goes: somebody may save others meanwhile.
          ...(variables.to === null ? {} : { configVersion: variables.to }),
          reason: values.reason ?? "",
          overrides: overridesOf(values),
          onConflict,
        });
        router.push(paths.deployment({ deployment: created.id }));
      }}
    >
      <SelectField
        name="version"
        label="Release"
        value={to.id}
        onChange={(event) => setChosen(event.target.value)}
        options={options.map((option) => ({ value: option.id, label: optionLabel(option, from?.id) }))}
        hint={nowRunning(plan.data)}
      />
      {plan.data.conflict ? (
        <ConflictField conflict={plan.data.conflict} verb="Deploy" defaultValue={first} onChange={choose} />
      ) : null}
      <PlanSummary plan={plan.data} />
      <WaveList targets={plan.data.targets} />
      <OverrideFields plan={plan.data} verb="Deploy" />
      <TextArea
        name="reason"
        label="Reason"
        isOptional={failing.length === 0 && !(plan.data.conflict?.isUndo && onConflict === "supersede")}
        maxLength={500}
        hint="Goes into the audit log and onto the timeline."
      />
    </Form>
  );
}
