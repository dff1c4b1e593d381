import type { ContainerDefinition } from "../ports.ts";
import { renderedOrBase } from "../render.ts";
import type { Gate } from "./gate.ts";

type Reference = { name: string; valueFrom: string };

/** What ECS resolves before a container starts: its variables, its log driver's options, its registry's password. */
export function secretReferences(containers: ContainerDefinition[]): Reference[] {
  return containers.flatMap((container) => {
    const { secretOptions } = (container.logConfiguration ?? {}) as { secretOptions?: Reference[] };
    const { credentialsParameter } = (container.repositoryCredentials ?? {}) as { credentialsParameter?: string };
    const registry = credentialsParameter ? [{ name: "registry credentials", valueFrom: credentialsParameter }] : [];
    return [...(container.secrets ?? []), ...(secretOptions ?? []), ...registry];
  });
}

/** A task with a secret that cannot be resolved never starts. Values are never read. */
export const gate: Gate = {
  name: "secrets",
  title: "Secrets can be resolved",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ ports, placement, base, artefacts, config }) {
    const references = secretReferences(renderedOrBase(base, artefacts, config).containerDefinitions);
    const answers = new Map<string, Promise<true | string>>();
    for (const { valueFrom } of references) {
      if (!answers.has(valueFrom)) answers.set(valueFrom, ports.runtime.secretExists(placement, valueFrom));
    }
    const facts = await Promise.all(
      references.map(async ({ name, valueFrom }) => {
        const answer = (await answers.get(valueFrom)) ?? true;
        return { label: name, value: answer === true ? "exists" : answer, ok: answer === true };
      }),
    );
    const broken = facts.filter((fact) => !fact.ok);
    if (broken.length > 0) {
      const reason = broken.map((fact) => `${fact.label} cannot be resolved: ${fact.value}`).join(" ");
      return { result: "fail", reason, facts };
    }
    const reason =
      facts.length === 0 ? "The task definition refers to no secrets." : "Every secret that it refers to exists.";
    return { result: "pass", reason, facts };
  },
};
