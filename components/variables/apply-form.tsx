"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConflictField } from "#components/deployments/conflict-field.tsx";
import { deployBlocker, overridesOf } from "#components/deployments/deploy-choice.ts";
import { gateTally } from "#components/deployments/gate-tally.ts";
import { OverrideFields } from "#components/deployments/override-fields.tsx";
import { PlanSummary } from "#components/deployments/plan-summary.tsx";
import { useConflict } from "#components/deployments/use-conflict.ts";
import { Form } from "#components/forms/form.tsx";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { applyPlan, type Place } from "./queries.ts";

export type ApplyFormProps = { place: Place; number: number };

/** What applying changes and how its gates answer now; the release stays. */
export function ApplyForm({ place, number }: ApplyFormProps) {
  const router = useRouter();
  const plan = useQuery(applyPlan(place));
  const { first, choose, onConflict } = useConflict(plan.data);
  const create = useMutation(api.deployments.create.mutationOptions());
  if (plan.isError) return <ProblemNote problem={problemOf(plan.error)} />;
  if (!plan.data) return <SkeletonRows rows={4} label="Loading what would change" />;
  return (
    <Form
      action={`Apply version ${number}`}
      disabledReason={deployBlocker(plan.data, onConflict)}
      onSubmit={async (values) => {
        const { reason = "" } = values;
        const asked = { ...place, configVersion: number, reason, overrides: overridesOf(values), onConflict };
        const created = await create.mutateAsync(asked);
        router.push(paths.deployment({ deployment: created.id }));
      }}
    >
      <p className="text-pretty">
        {plan.data.to?.version ?? "The release"} stays. Its tasks are replaced, so that they start with the new
        variables.
      </p>
      {plan.data.conflict ? (
        <ConflictField conflict={plan.data.conflict} verb="Apply" defaultValue={first} onChange={choose} />
      ) : null}
      <PlanSummary plan={plan.data} />
      <OverrideFields plan={plan.data} verb="Apply" />
      <TextArea
        name="reason"
        label="Reason"
        isOptional={gateTally(plan.data.gates).failing.length === 0}
        maxLength={500}
        hint="Goes into the audit log and onto the timeline."
      />
    </Form>
  );
}
