import type { Decision, Run } from "../steps/step.ts";
import { supersededCause } from "./causes.ts";

/**
 * What is done about a deployment that was started outside the portal: it is followed, and never undone by itself,
 * because whoever started it may be at work on it. What a person asks for in the portal is carried out.
 */
export function watchOnly(run: Run, decision: Decision): Decision {
  if (!run.isOutside || run.request) return decision;
  if (decision.do === "undo") return { do: "end", status: "failed", reason: decision.reason, cause: decision.cause };
  if (decision.do !== "act") return decision;
  if (decision.act.name === "stop") {
    const cause = decision.patch?.cause ?? run.cause;
    return { do: "end", status: "failed", reason: cause?.headline ?? "It did not end in time.", cause };
  }
  // It would have to be started again: the service was moved on before its rollout was seen.
  const cause = supersededCause({});
  return { do: "end", status: "superseded", reason: cause.headline, cause };
}
