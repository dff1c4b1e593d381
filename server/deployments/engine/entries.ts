import { outsideRef } from "../../core/actor-names.ts";
import type { Recorded } from "../../core/record.ts";
import { shortArn } from "../ports.ts";
import type { RunRow } from "./load.ts";

/** A step of a deployment, for the audit log and live pages. */
export function transitionEntry(row: RunRow, action: string): Recorded {
  return {
    action,
    topic: "deployments",
    subject: { kind: "deployment", id: row.deploymentId },
    serviceId: row.deployment.serviceId,
    environmentId: row.deployment.environmentId,
    changes: { target: row.targetId, from: row.step },
  };
}

const names = (row: RunRow) => ({
  service: row.deployment.service.slug,
  version: row.deployment.release.version,
  from: row.deployment.fromRelease?.version ?? null,
  environment: row.deployment.environment.slug,
  variables: row.deployment.configVersion?.number ?? null,
  variablesBefore: row.deployment.fromConfigVersion?.number ?? null,
});

/** What the timeline calls each kind of deployment. */
const changeKinds: Record<string, string> = { rollback: "rollback", config: "variables", restart: "restart" };

function startedTitle(row: RunRow): string {
  const { service, version, environment, variables } = names(row);
  if (row.deployment.kind === "rollback") return `${service} rolled back to ${version} in ${environment}`;
  if (row.deployment.kind === "config") return `${service} variables ${variables} applied in ${environment}`;
  if (row.deployment.kind === "restart") return `${service} restarted in ${environment}`;
  return `${service} ${version} deployed to ${environment}`;
}

/** The moment at which a deployment begins to change the running system: it goes to the timeline. */
export function startedEntry(row: RunRow): Recorded {
  const { version, from, variables, variablesBefore } = names(row);
  return {
    ...transitionEntry(row, "deployment.start"),
    change: {
      kind: changeKinds[row.deployment.kind] ?? "deployment",
      title: startedTitle(row),
      targetIds: [row.targetId],
      facts: { version, from, variables, variablesBefore },
      wantedBy: row.deployment.createdBy,
      undo: { deploymentId: row.deploymentId },
    },
  };
}

/** Something that was brought outside the portal and is replaced before it could be adopted. */
export function overtakenEntry(row: RunRow, taskDefinitionArn: string): Recorded {
  const { service, version, from, environment } = names(row);
  const revision = shortArn(taskDefinitionArn);
  return {
    ...transitionEntry(row, "deployment.overtake"),
    changes: { taskDefinition: taskDefinitionArn, by: version },
    change: {
      kind: "deployment",
      title: `${service} ${revision} deployed to ${environment} outside the portal, and replaced by ${version}`,
      targetIds: [row.targetId],
      facts: { version: revision, from },
      wantedBy: outsideRef,
    },
  };
}

/** The moment at which an undone deployment has given its target back to the release before. */
export function undoneEntry(row: RunRow, automatic: boolean): Recorded {
  const { service, version, from, environment } = names(row);
  if (row.deployment.kind === "config") return undoneVariables(row, automatic);
  const isRestart = row.deployment.kind === "restart";
  const back = from ? ` to ${from}` : "";
  return {
    ...transitionEntry(row, "deployment.end"),
    change: {
      kind: isRestart ? "restart" : "rollback",
      title: `${isRestart ? `Restart of ${service}` : `${service} ${version}`} undone in ${environment}, back${isRestart ? " to the tasks before" : back}${automatic ? ", by itself" : ""}`,
      targetIds: [row.targetId],
      facts: { version, from },
      ...(row.requestedBy ? { wantedBy: row.requestedBy } : {}),
    },
  };
}

/** The same for a deployment that brought variables alone. */
function undoneVariables(row: RunRow, automatic: boolean): Recorded {
  const { service, environment, variables, variablesBefore } = names(row);
  const back = variablesBefore === null ? "back to those before" : `back to ${variablesBefore}`;
  return {
    ...transitionEntry(row, "deployment.end"),
    change: {
      kind: "variables",
      title: `${service} variables ${variables} undone in ${environment}, ${back}${automatic ? ", by itself" : ""}`,
      targetIds: [row.targetId],
      facts: { variables, variablesBefore },
      ...(row.requestedBy ? { wantedBy: row.requestedBy } : {}),
    },
  };
}
