import type { Recorded } from "../../core/record.ts";
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
});

/** The moment at which a deployment begins to change the running system: it goes to the timeline. */
export function startedEntry(row: RunRow): Recorded {
  const { service, version, from, environment } = names(row);
  const verb = row.deployment.kind === "rollback" ? "rolled back to" : "deployed";
  const title =
    row.deployment.kind === "rollback"
      ? `${service} ${verb} ${version} in ${environment}`
      : `${service} ${version} ${verb} to ${environment}`;
  return {
    ...transitionEntry(row, "deployment.start"),
    change: {
      kind: row.deployment.kind === "rollback" ? "rollback" : "deployment",
      title,
      targetIds: [row.targetId],
      facts: { version, from },
      wantedBy: row.deployment.createdBy,
      undo: { deploymentId: row.deploymentId },
    },
  };
}

/** The moment at which an undone deployment has given its target back to the release before. */
export function undoneEntry(row: RunRow, automatic: boolean): Recorded {
  const { service, version, from, environment } = names(row);
  const back = from ? ` to ${from}` : "";
  return {
    ...transitionEntry(row, "deployment.end"),
    change: {
      kind: "rollback",
      title: `${service} ${version} undone in ${environment}, back${back}${automatic ? ", by itself" : ""}`,
      targetIds: [row.targetId],
      facts: { version, from },
      ...(row.requestedBy ? { wantedBy: row.requestedBy } : {}),
    },
  };
}
