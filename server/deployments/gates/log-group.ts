import type { ContainerDefinition } from "../ports.ts";
import type { Gate } from "./gate.ts";

type Group = { name: string; region: string | undefined; created: boolean };

/** Log groups that the containers write to through `awslogs`, each once. */
export function logGroups(containers: ContainerDefinition[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { logConfiguration } of containers) {
    const {
      "awslogs-group": name,
      "awslogs-region": region,
      "awslogs-create-group": create,
    } = logConfiguration?.options ?? {};
    if (logConfiguration?.logDriver !== "awslogs" || !name) continue;
    groups.set(`${region ?? ""}/${name}`, { name, region, created: create === "true" });
  }
  return [...groups.values()];
}

/** A task whose log group does not exist never starts. */
export const gate: Gate = {
  name: "log-group",
  title: "Log groups exist",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ ports, placement, current }) {
    const facts = await Promise.all(
      logGroups(current.definition.containerDefinitions).map(async ({ name, region, created }) => {
        if (created) return { label: name, value: "created on demand", ok: true };
        const ok = await ports.runtime.logGroupExists({ ...placement, region: region ?? placement.region }, name);
        return { label: name, value: ok ? "exists" : "does not exist", ok };
      }),
    );
    const missing = facts.filter((fact) => !fact.ok).map((fact) => fact.label);
    if (missing.length > 0) {
      const reason = `The log group ${missing.join(", ")} does not exist, and tasks that log to it do not start.`;
      return { result: "fail", reason, facts };
    }
    const reason = facts.length === 0 ? "No container logs to CloudWatch." : "Tasks have where to write their logs.";
    return { result: "pass", reason, facts };
  },
};
