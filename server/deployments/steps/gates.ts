import { personCause } from "../engine/causes.ts";
import { gates } from "../gates/index.ts";
import type { Gate, GateInput } from "../gates/gate.ts";
import { RuntimeFailure } from "../ports.ts";
import { renderTaskDefinition } from "../render.ts";
import { isHalfWay, type Decision, type Facts, type GateOutcome, type Run, type StepRunner } from "./step.ts";

/** Runs the gates that apply and pairs each result with the override that a person gave. */
export async function evaluateGates(
  input: GateInput,
  overrides: { gate: string; reason: string }[],
): Promise<GateOutcome[]> {
  const applying = gates.filter((gate) => input.kind !== "rollback" || gate.runsOnRollback);
  return Promise.all(applying.map((gate) => outcome(gate, input, overrides)));
}

async function outcome(
  gate: Gate,
  input: GateInput,
  overrides: { gate: string; reason: string }[],
): Promise<GateOutcome> {
  const { name, title, overridable } = gate;
  const override = overridable ? overrides.find((one) => one.gate === name) : undefined;
  const about = { name, title, overridable, overrideReason: override?.reason ?? null };
  try {
    return { ...about, ...(await gate.evaluate(input)) };
  } catch (error) {
    if (!(error instanceof RuntimeFailure) || error.retryable) throw error;
    return { ...about, result: "fail", reason: error.message, facts: [] };
  }
}

const stops = (gate: GateOutcome) => gate.result !== "pass" && gate.overrideReason === null;

/** Before its own rollout there is nothing to undo, unless it took the place of a rollout that had begun. */
function calledOff(run: Run, facts: Facts): Decision {
  if (isHalfWay(run, facts.service))
    return { do: "undo", cause: personCause(run), reason: "Cancelled after it took another's place." };
  return { do: "end", status: "cancelled", reason: "Cancelled before anything was changed.", cause: personCause(run) };
}

export const gatesStep: StepRunner = {
  name: "gates",

  async observe({ runtime, registry }, run): Promise<Facts> {
    const service = await runtime.describeService(run.placement);
    if (service.status !== "ACTIVE") return { service };
    const current = await runtime.describeTaskDefinition(run.placement, service.taskDefinitionArn);
    const { placement, artefacts, config, kind } = run;
    const base = run.storedTaskDefinition ?? current.definition;
    const place = { knownTaskDefinitionArn: run.knownTaskDefinitionArn, isFollowed: run.tookPlace };
    const input = {
      ports: { runtime, registry },
      placement,
      service,
      current,
      base,
      artefacts,
      config,
      kind,
      ...place,
    };
    const [outcomes, alarms] = await Promise.all([
      evaluateGates(input, run.overrides),
      service.alarmNames.length > 0 ? runtime.alarms(placement, service.alarmNames) : [],
    ]);
    return { service, current, gates: outcomes, alarms };
  },

  next(run: Run, facts: Facts) {
    const { gates: outcomes = [], current } = facts;
    if (run.request) return calledOff(run, facts);
    const halfWay = isHalfWay(run, facts.service);
    const failed = outcomes.filter(stops);
    if (failed[0] || !current) {
      const headline = failed.map((gate) => gate.reason).join(" ");
      const cause = {
        kind: "gate",
        headline: headline || "The running task definition could not be read.",
        detail: `${halfWay ? "What had begun before it is undone." : "Nothing was changed."} Failed: ${failed.map((gate) => gate.title.toLowerCase()).join(", ")}.`,
        advice: "Fix what the gate names and deploy again, or override the gate with a reason.",
      };
      if (halfWay) return { do: "undo", cause, reason: cause.headline };
      return { do: "end", status: "failed", reason: cause.headline, cause };
    }
    const definition = renderTaskDefinition(run.storedTaskDefinition ?? current.definition, run.artefacts, run.config);
    const overridden = outcomes.filter((gate) => gate.result !== "pass").length;
    return {
      do: "advance",
      to: "rollout",
      reason: overridden > 0 ? `${overridden} overridden` : `${outcomes.length} of ${outcomes.length} passed`,
      patch: {
        taskDefinition: definition,
        // What is half rolled out is nothing to return to: the way back of the one that it displaced stays.
        ...(run.previousTaskDefinition
          ? {}
          : { previousTaskDefinition: current.definition, previousTaskDefinitionArn: current.arn }),
        alarmsAtStart: (facts.alarms ?? []).filter((alarm) => alarm.state === "ALARM").map((alarm) => alarm.name),
      },
    };
  },
};
