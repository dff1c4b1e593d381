import { shortArn } from "../ports.ts";
import type { GateResult, Gate } from "./gate.ts";
import { missingContainers, renderTaskDefinition, unknownContainers } from "../render.ts";

/** ECS refuses a larger registration (64 KB, quota "Task definition size"). */
const maxBytes = 64 * 1024;

/** What will be registered can be made. Going on without it cannot work, so it has no override. */
export const gate: Gate = {
  name: "task-definition",
  title: "Task definition can be registered",
  runsOnRollback: true,
  overridable: false,

  async evaluate({ current, base: definition, artefacts, config }): Promise<GateResult> {
    const missing = [...missingContainers(definition, artefacts), ...unknownContainers(definition, config)];
    const facts: GateResult["facts"] = [
      {
        label: "Based on",
        value: definition === current.definition ? shortArn(current.arn) : "what worked here before",
      },
      ...artefacts.map(({ container }) => ({ label: "Container", value: container, ok: !missing.includes(container) })),
      ...(config ? [{ label: "Variables", value: `version ${config.number}, ${config.entries.length}` }] : []),
    ];
    if (missing.length > 0) {
      const has = definition.containerDefinitions.map((one) => one.name).join(", ");
      const reason = `The task definition has no container ${missing.join(", ")}. It has ${has}.`;
      return { result: "fail", reason, facts };
    }
    const bytes = Buffer.byteLength(JSON.stringify(renderTaskDefinition(definition, artefacts, config)));
    facts.push({ label: "Size", value: `${Math.ceil(bytes / 1024)} of 64 KB`, ok: bytes <= maxBytes });
    if (bytes > maxBytes) {
      const reason = `The task definition would take ${Math.ceil(bytes / 1024)} KB, and ECS takes at most 64 KB.`;
      return { result: "fail", reason, facts };
    }
    return { result: "pass", reason: "Every container of the release is in the task definition.", facts };
  },
};
