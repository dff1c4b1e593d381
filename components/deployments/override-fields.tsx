import { CheckField } from "#components/forms/check-field.tsx";
import type { PlanDto } from "#server/deployments/schema.ts";
import { overrideField } from "./deploy-choice.ts";
import { gateTally } from "./gate-tally.ts";

type OverrideFieldsProps = { plan: Pick<PlanDto, "gates" | "canOverride">; verb: string };

/** A box per gate that fails and may be overridden by this person. */
export function OverrideFields({ plan, verb }: OverrideFieldsProps) {
  if (plan.canOverride !== true) return null;
  return gateTally(plan.gates)
    .failing.filter((gate) => gate.overridable)
    .map((gate) => (
      <CheckField
        key={gate.name}
        name={overrideField(gate.name)}
        label={`${verb} although “${gate.title}” fails`}
        hint={gate.reason}
      />
    ));
}
