import type { Tag } from "@aws-sdk/client-ecs";
import type { Store } from "../../contract.ts";
import type { ClusterRecord } from "./records/cluster.ts";
import type { ServiceDeploymentRecord } from "./records/service-deployment.ts";
import type { RevisionRecord, ServiceRecord } from "./records/service.ts";
import type { TaskDefinitionRecord } from "./records/task-definition.ts";
import type { TaskRecord } from "./records/task.ts";

/** Everything that ECS remembers, by ARN. */
type Documents = {
  clusters: Record<string, ClusterRecord>;
  definitions: Record<string, TaskDefinitionRecord>;
  services: Record<string, ServiceRecord>;
  revisions: Record<string, RevisionRecord>;
  deployments: Record<string, ServiceDeploymentRecord>;
  tasks: Record<string, TaskRecord>;
  tags: Record<string, Tag[]>;
};

export type State = Documents & {
  /** To be called after any change of a document. */
  save(...documents: (keyof Documents)[]): void;
};

/** One saved document per kind of record, so that a task's change does not write every task definition again. */
export function openState(store: Store): State {
  const open = <T extends object>(name: keyof Documents) => store.document<T>(`ecs-${name}`, () => ({}) as T);
  return {
    clusters: open("clusters"),
    definitions: open("definitions"),
    services: open("services"),
    revisions: open("revisions"),
    deployments: open("deployments"),
    tasks: open("tasks"),
    tags: open("tags"),
    save(...documents) {
      for (const name of documents) store.touch(`ecs-${name}`);
    },
  };
}
