import type { RuntimeFailure } from "../ports.ts";
import type { Decision, Run } from "../steps/step.ts";
import { undoFailedCause } from "./causes.ts";

/** Refusals in a row, some 30 s apart at the end, after which the portal stops watching what it cannot see. */
const patience = { gone: 6, refused: 30, begin: 3 };

/**
 * The first UpdateService: each try comes after a look that found the service as it was before, so that a refusal leaves
 * it so. A few tries more are for permissions that were given a moment ago.
 */
const isBeginning = (run: Run, { operation }: RuntimeFailure) =>
  run.step === "rollout" && run.rolloutArn === null && operation === "ecs:UpdateService";

/**
 * What a call that AWS refused means. Before anything was changed it ends the deployment. Afterwards the engine keeps
 * trying for a while, because giving up leaves a rollout that nobody watches; but not for ever, because that would
 * lock the target. Undefined: try again later.
 */
export function failedCallDecision(
  run: Run,
  failure: RuntimeFailure,
  attempts: number,
): Extract<Decision, { do: "end" | "undo" }> | undefined {
  if (failure.retryable) return undefined;
  const begins = isBeginning(run, failure);
  const untouched = run.step === "gates" || (run.step === "rollout" && !run.startTried) || begins;
  const most = begins ? patience.begin : failure.kind === "not_found" ? patience.gone : patience.refused;
  if ((begins || !untouched) && attempts < most) return undefined;
  const cause = {
    kind: "refused",
    headline: failure.message,
    detail: untouched
      ? `AWS refused ${failure.operation}. The running version was not touched.`
      : `AWS refused ${failure.operation} again and again, so the portal no longer knows what runs. ECS may still be at it.`,
    advice: [
      failure.advice ?? "Fix what AWS names.",
      untouched ? "Then deploy again." : "Look at the ECS service itself, then deploy what should run.",
    ].join(" "),
  };
  // What it took the place of runs half way, and nobody else will bring it back.
  if (untouched && run.tookPlace && run.previousTaskDefinition) return { do: "undo", cause, reason: failure.message };
  if (!untouched && run.status === "rolling_back") {
    return {
      do: "end",
      status: "rollback_failed",
      reason: failure.message,
      cause: undoFailedCause(run, failure.message),
    };
  }
  return { do: "end", status: "failed", reason: failure.message, cause };
}
