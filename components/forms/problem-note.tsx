import { inZone } from "#components/lib/format.ts";
import type { Problem } from "#components/lib/problem.ts";
import { State } from "#components/ui/state.tsx";

/** A problem beside the thing that was tried, which was in the browser: what happened and what to do. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="rounded-md border border-failed bg-failed-soft px-3 py-2 text-small">
      <State kind="failed" label={inZone(problem.detail)} className="!whitespace-normal font-strong" />
      <p className="mt-0.5 pl-4 text-pretty">{problem.advice}</p>
      {problem.requestId ? <p className="mt-0.5 pl-4 font-mono text-muted">{problem.requestId}</p> : null}
    </div>
  );
}
