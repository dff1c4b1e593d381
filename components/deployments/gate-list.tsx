import { State } from "#components/ui/state.tsx";
import type { GateDto } from "#server/deployments/schema.ts";
import { FactList } from "./fact-list.tsx";

const looks = {
  pass: { kind: "ok", word: "passed" },
  fail: { kind: "failed", word: "failed" },
  inconclusive: { kind: "unknown", word: "could not tell" },
  overridden: { kind: "degraded", word: "overridden" },
} as const;

const worstFirst = ["fail", "inconclusive", "overridden", "pass"] as const;

/** Each gate with its answer, the worst first; what it saw is behind a press, and open where it did not pass. */
export function GateList({ gates }: { gates: readonly GateDto[] }) {
  const ordered = gates.toSorted((a, b) => worstFirst.indexOf(a.result) - worstFirst.indexOf(b.result));
  return (
    <ul className="border-t">
      {ordered.map((gate) => (
        <li key={gate.name} className="border-b">
          <details open={gate.result === "fail"} className="group">
            <summary className="grid min-h-9 grid-cols-[8rem_minmax(0,1fr)] items-center gap-x-3 py-1.5 text-small marker:content-none max-sm:grid-cols-1">
              <State kind={looks[gate.result].kind} label={looks[gate.result].word} />
              <span className="wrap-anywhere">
                <span className="font-strong">{gate.title}</span> <span className="text-muted">{gate.reason}</span>
                {gate.overrideReason ? (
                  <span className="block text-muted">Overridden: {gate.overrideReason}</span>
                ) : null}
              </span>
            </summary>
            <div className="pb-2 sm:pl-35">
              <FactList facts={gate.facts} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
