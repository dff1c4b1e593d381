import { shortArn } from "../ports.ts";
import type { Gate } from "./gate.ts";

/** ECS cannot return to a task definition that was deregistered: the rollout would stall instead of rolling back. */
export const gate: Gate = {
  name: "way-back",
  title: "ECS can go back by itself",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ service, current }) {
    const { circuitBreaker: breaker, alarmNames } = service;
    const rollsBack = breaker.enabled && breaker.rollback;
    const facts = [
      {
        label: "Runs now",
        value: `${shortArn(current.arn)}, ${current.active ? "ACTIVE" : "INACTIVE"}`,
        ok: current.active,
      },
      {
        label: "Circuit breaker",
        value: rollsBack ? "rolls back" : breaker.enabled ? "stops without rolling back" : "off",
      },
      { label: "Alarms", value: alarmNames.length === 0 ? "none" : String(alarmNames.length) },
    ];
    if (!current.active) {
      const reason =
        "The running task definition was deregistered, so ECS could not return to it when the rollout fails.";
      return { result: "fail", reason, facts };
    }
    const reason = rollsBack
      ? "What runs now can come back, and the circuit breaker brings it back."
      : "What runs now can come back. The service's circuit breaker does not do it: the portal will.";
    return { result: "pass", reason, facts };
  },
};
