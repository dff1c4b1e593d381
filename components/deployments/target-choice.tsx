"use client";

import { CheckField } from "#components/forms/check-field.tsx";
import type { PlanDto } from "#server/deployments/schema.ts";

const prefix = "target:";

/** Which targets are returned; all of them unless a person takes some out. */
export function TargetChoice({ targets }: { targets: PlanDto["targets"] }) {
  if (targets.length < 2) return null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5">Where</legend>
      {targets.map(({ id, cluster, region, version }) => (
        <CheckField
          key={id}
          name={`${prefix}${id}`}
          label={`${cluster}, ${region}`}
          hint={version ? `${version} runs there.` : undefined}
          defaultChecked
        />
      ))}
    </fieldset>
  );
}

/** The targets whose boxes are checked, for the API; absent when all are meant. */
export function targetsOf(values: Record<string, string>, targets: PlanDto["targets"]): { targets?: string[] } {
  if (targets.length < 2) return {};
  const chosen = targets.filter(({ id }) => `${prefix}${id}` in values).map(({ id }) => id);
  return chosen.length === targets.length ? {} : { targets: chosen };
}
