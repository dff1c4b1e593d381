import type { ServiceState } from "../ports.ts";
import type { Gate } from "./gate.ts";

/** How many tasks a rolling deployment may stop and start at once, as ECS computes it. */
export function room(service: Pick<ServiceState, "desiredCount" | "minimumHealthyPercent" | "maximumPercent">) {
  const healthy = Math.ceil((service.desiredCount * service.minimumHealthyPercent) / 100);
  const most = Math.floor((service.desiredCount * service.maximumPercent) / 100);
  return {
    healthy,
    most,
    mayStop: Math.max(0, service.desiredCount - healthy),
    mayStart: Math.max(0, most - service.desiredCount),
  };
}

/** ECS replaces tasks only within its percentages; rounding can leave it no room to start or stop a single one. */
export const gate: Gate = {
  name: "percent-maths",
  title: "Tasks can be replaced",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ service }) {
    const { healthy, most, mayStop, mayStart } = room(service);
    const moves = service.desiredCount === 0 || mayStop > 0 || mayStart > 0;
    const facts = [
      { label: "Desired tasks", value: String(service.desiredCount) },
      { label: `Stay healthy (${service.minimumHealthyPercent} %)`, value: `at least ${healthy}` },
      { label: `Run at once (${service.maximumPercent} %)`, value: `at most ${most}` },
      { label: "May stop first", value: String(mayStop), ok: moves },
      { label: "May start first", value: String(mayStart), ok: moves },
    ];
    if (service.desiredCount === 0)
      return { result: "pass", reason: "The service runs no tasks that need replacing.", facts };
    if (moves) return { result: "pass", reason: `ECS may start ${mayStart} and stop ${mayStop} at a time.`, facts };
    const reason =
      `With ${service.desiredCount} desired, ${service.minimumHealthyPercent} % minimum and ${service.maximumPercent} % maximum, ` +
      "ECS can neither start nor stop a task. Lower the minimum or raise the maximum.";
    return { result: "fail", reason, facts };
  },
};
