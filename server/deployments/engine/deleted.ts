import type { Decision, Facts, Run } from "../steps/step.ts";
import { deletedCause } from "./causes.ts";

/** ECS still tells of a service for an hour after it was deleted, with counts that look like success. */
export function deletedDecision(run: Run, { service }: Facts): Extract<Decision, { do: "end" }> | undefined {
  if (!service || service.status === "ACTIVE") return undefined;
  const cause = deletedCause(run, service.status);
  const status = run.status === "rolling_back" ? "rollback_failed" : "failed";
  return { do: "end", status, reason: cause.headline, cause };
}
