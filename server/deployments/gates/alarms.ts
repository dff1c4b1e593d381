import type { Gate } from "./gate.ts";

/** ECS ignores alarms for a whole deployment when one of them is in ALARM as it starts (ecs.md 0). */
export const gate: Gate = {
  name: "alarms",
  title: "No alarm is burning",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ ports, placement, service }) {
    const names = service.alarmNames;
    if (names.length === 0)
      return { result: "pass", reason: "The service has no alarms that guard its rollouts.", facts: [] };
    const found = await ports.runtime.alarms(placement, names);
    const facts = names.map((name) => {
      const alarm = found.find((one) => one.name === name);
      return {
        label: name,
        value: alarm?.state ?? "does not exist",
        ok: alarm !== undefined && alarm.state !== "ALARM",
      };
    });
    const burning = found.filter((one) => one.state === "ALARM").map((one) => one.name);
    const unknown = facts.filter((fact) => fact.value === "does not exist").map((fact) => fact.label);
    if (burning.length > 0) {
      const are = burning.length === 1 ? "is" : "are";
      const reason = `${burning.join(", ")} ${are} in ALARM. ECS would ignore the service's alarms for this whole rollout.`;
      return { result: "fail", reason, facts };
    }
    if (unknown.length > 0) {
      const reason = `The service's deployment configuration names ${unknown.join(", ")}, and CloudWatch has no such alarm.`;
      return { result: "fail", reason, facts };
    }
    const reason = names.length === 1 ? "Its alarm is quiet." : `Its ${names.length} alarms are quiet.`;
    return { result: "pass", reason, facts };
  },
};
