import { formatPlural } from "#components/lib/format.ts";
import type { StateKind } from "#components/ui/state-mark.tsx";
import type { GateDto } from "#server/deployments/schema.ts";

type Tally = { kind: StateKind; words: string; failing: GateDto[] };

/** How the gates answer, in one line: "All 6 gates pass now", "1 of 6 gates would fail now". */
export function gateTally(gates: readonly GateDto[]): Tally {
  const failing = gates.filter((gate) => gate.result === "fail");
  const unsure = gates.filter((gate) => gate.result === "inconclusive").length;
  if (failing.length > 0) {
    return {
      kind: "failed",
      words: `${failing.length} of ${formatPlural(gates.length, "gate")} would fail now`,
      failing,
    };
  }
  if (unsure > 0) {
    return { kind: "unknown", words: `${unsure} of ${formatPlural(gates.length, "gate")} cannot tell now`, failing };
  }
  return { kind: "ok", words: gates.length === 1 ? "The gate passes" : `All ${gates.length} gates pass now`, failing };
}
