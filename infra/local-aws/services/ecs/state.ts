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

/** What refers to each other is saved together, so that no crash can part it; tasks change far more often. */
const FILES = {
  "ecs-services": ["services", "revisions", "deployments"],
  "ecs-task-definitions": ["definitions"],
  "ecs-tasks": ["tasks"],
  "ecs-clusters": ["clusters", "tags"],
} as const satisfies Record<string, readonly (keyof Documents)[]>;

/** The saved documents, live. */
export function openState(store: Store): State {
  const parts: Partial<Documents> = {};
  const fileOf = new Map<keyof Documents, string>();
  for (const [file, kinds] of Object.entries(FILES)) {
    const document = store.document<Partial<Documents>>(file, () => ({}));
    for (const kind of kinds) {
      // Saved by this program itself; a kind that did not exist then starts empty.
      Object.assign(parts, { [kind]: (document[kind] ??= {} as never) });
      fileOf.set(kind, file);
    }
  }
  return {
    // FILES names every kind.
    ...(parts as Documents),
    save(...kinds) {
      for (const kind of kinds) store.touch(fileOf.get(kind) ?? "");
    },
  };
}
