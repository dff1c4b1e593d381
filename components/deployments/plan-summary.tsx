import { DiffList } from "#components/ui/diff-list.tsx";
import { State } from "#components/ui/state.tsx";
import type { PlanDto } from "#server/deployments/schema.ts";
import { differencesOf, namesVariables } from "./differences-of.ts";
import { GateList } from "./gate-list.tsx";
import { gateTally } from "./gate-tally.ts";
import { VariablesLine } from "./variables-line.tsx";

/** What will happen: warnings, what changes, how the gates answer now, and what will stay as it is. */
export function PlanSummary({ plan }: { plan: PlanDto }) {
  const tally = gateTally(plan.gates);
  return (
    <div className="flex flex-col gap-3 text-small">
      {plan.warnings.map((warning) => (
        <State key={warning} kind="degraded" label={warning} className="!whitespace-normal" />
      ))}
      <VariablesLine variables={plan.variables} isNamed={namesVariables(plan.differences)} />
      {plan.differences.length > 0 ? (
        <section>
          <h3 className="mb-1 text-muted">What changes</h3>
          <DiffList differences={differencesOf(plan.differences)} />
        </section>
      ) : null}
      {plan.gates.length > 0 ? (
        <details open={tally.failing.length > 0} className="group">
          <summary className="flex items-center gap-2 marker:content-none">
            <State kind={tally.kind} label={tally.words} />
            <span className="text-muted underline underline-offset-2 group-open:hidden">Show them</span>
          </summary>
          <div className="pt-1.5">
            <GateList gates={plan.gates} />
          </div>
        </details>
      ) : null}
      {plan.notUndone.length > 0 ? (
        <section>
          <h3 className="mb-1 text-muted">What will not be undone</h3>
          <ul className="flex list-disc flex-col gap-0.5 pl-4">
            {plan.notUndone.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
