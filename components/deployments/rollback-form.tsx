"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { CheckField } from "#components/forms/check-field.tsx";
import { Form } from "#components/forms/form.tsx";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { inZone } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ConflictField } from "./conflict-field.tsx";
import { lockBlocker, optionLabel } from "./deploy-choice.ts";
import { PlanSummary } from "./plan-summary.tsx";
import { plan as planQuery } from "./queries.ts";
import { TargetChoice, targetsOf } from "./target-choice.tsx";
import { useConflict } from "./use-conflict.ts";

export type RollbackFormProps = {
  service: string;
  environment: string;
  /** The deployment to undo; by default the one that brought what runs there. */
  deployment?: string | undefined;
  /** It has not ended: the rollout is stopped, and ECS returns to what ran before. */
  isUnderWay?: boolean;
  onDone: () => void;
};

export function RollbackForm({ service, environment, deployment, isUnderWay = false, onDone }: RollbackFormProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [chosen, setChosen] = useState<string>();
  const plan = useQuery({
    ...planQuery({ service, environment, version: chosen, kind: "rollback" }),
    placeholderData: keepPreviousData,
  });
  const { first, choose, onConflict } = useConflict(isUnderWay ? undefined : plan.data);
  const rollback = useMutation(api.deployments.rollback.mutationOptions());
  if (plan.isError) return <ProblemNote problem={problemOf(plan.error)} />;
  if (!plan.data) return <SkeletonRows rows={4} label="Loading what would happen" />;
  const { from, to, options, lastRanWith, variables } = plan.data;
  const undone = deployment ?? plan.data.deploymentId;
  if (!undone || (!to && !isUnderWay)) {
    return (
      <EmptyState title="There is nothing to roll back to">
        A rollback returns to a release that is known to have worked here. None is, so deploy a release instead.
      </EmptyState>
    );
  }
  const goal = to?.version ?? "what ran before";
  return (
    <Form
      action={isUnderWay ? "Stop and roll back" : `Roll back to ${goal}`}
      isDangerous
      disabledReason={
        plan.isPlaceholderData ? "Looking at what would happen." : isUnderWay ? undefined : lockBlocker(plan.data)
      }
      onSubmit={async (values) => {
        const answer = await rollback.mutateAsync({
          deployment: undone,
          ...(isUnderWay ? {} : { to: to?.version, expectedCurrent: from?.version }),
          ...(isUnderWay ? {} : { onConflict, overrideLock: values.overrideLock === "on" }),
          ...targetsOf(values, plan.data.targets),
          ...(values.withVariables === "on" && lastRanWith !== null ? { configVersion: lastRanWith } : {}),
          markBad: values.markBad === "on",
          reason: values.reason ?? "",
        });
        const next = paths.deployment({ deployment: answer.body.id });
        // Closing may write to the address, which would overtake the way to another page.
        if (next === pathname) onDone();
        else router.push(next);
      }}
    >
      {isUnderWay ? (
        <p className="text-pretty">
          The rollout stops, and the tasks that ran before take all traffic back. It may finish first: then this page
          says so, and you can roll back from there.
        </p>
      ) : (
        <SelectField
          name="to"
          label="Return to"
          value={to?.id ?? ""}
          onChange={(event) => setChosen(event.target.value)}
          options={options.map((option) => ({ value: option.id, label: optionLabel(option, from?.id) }))}
          hint={
            from
              ? `${from.version} runs there now. Releases that are known to have worked here can be chosen.`
              : undefined
          }
        />
      )}
      {plan.data.conflict && !isUnderWay ? (
        <ConflictField conflict={plan.data.conflict} verb="Roll back" defaultValue={first} onChange={choose} />
      ) : null}
      <TargetChoice targets={plan.data.targets} />
      {plan.data.lock?.pass === true && !isUnderWay ? (
        <CheckField name="overrideLock" label="Roll back although it is locked" hint={inZone(plan.data.lock.words)} />
      ) : null}
      <PlanSummary plan={plan.data} />
      {lastRanWith !== null && !isUnderWay ? (
        <CheckField
          name="withVariables"
          label={`Bring back version ${lastRanWith} of the variables, too`}
          hint={`${goal} last worked with it. Otherwise the variables stay${variables.to === null ? "" : ` at version ${variables.to}`}.`}
        />
      ) : null}
      <CheckField
        name="markBad"
        label={from && !isUnderWay ? `${from.version} is bad here` : "The release is bad here"}
        hint="It is no longer offered as a release to return to."
      />
      <TextArea
        name="reason"
        label="Reason"
        isOptional
        maxLength={500}
        hint="Goes into the audit log and onto the timeline."
      />
    </Form>
  );
}
