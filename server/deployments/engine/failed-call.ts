import type { RuntimeFailure } from "../ports.ts";
import type { Decision, Run } from "../steps/step.ts";

/**
 * What a call that AWS refused means. Before anything was changed it ends the deployment; afterwards the engine keeps
 * trying, because giving up would leave a rollout that nobody watches. Undefined: try again later.
 */
export function failedCallDecision(run: Run, failure: RuntimeFailure): Extract<Decision, { do: "end" }> | undefined {
  if (failure.retryable) return undefined;
  const untouched = run.step === "gates" || (run.step === "rollout" && !run.rolloutArn);
  if (!untouched) return undefined;
  const cause = {
    kind: "refused",
    headline: failure.message,
    detail: `AWS refused ${failure.operation}. The running version was not touched.`,
    advice: "Fix what AWS names, then deploy again.",
  };
  return { do: "end", status: "failed", reason: failure.message, cause };
}
