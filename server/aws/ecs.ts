import type { Runtime } from "../deployments/ports.ts";
import { describeAlarms } from "./alarms.ts";
import type { ClientSource } from "./clients.ts";
import { lastLines, logGroupExists } from "./logs.ts";
import { setDesiredCount, stopTask } from "./operate.ts";
import { rollouts } from "./rollouts.ts";
import { describeSecret, listSecrets, secretExists } from "./secrets.ts";
import { serviceReads } from "./service-reads.ts";
import { describeServices } from "./services.ts";
import { targets } from "./targets.ts";
import { taskDefinitions } from "./task-definitions.ts";
import { taskReads } from "./tasks.ts";

/** Amazon ECS as the deployment engine's runtime. */
export function ecsRuntime(clients: ClientSource): Runtime {
  const definitions = taskDefinitions(clients);
  const deployments = rollouts(clients);
  const groups = targets(clients);
  return {
    describeService: serviceReads(clients),
    describeServices: (placements) => describeServices(clients, placements),
    describeTaskDefinition: definitions.describe,
    findTaskDefinition: definitions.find,
    registerTaskDefinition: definitions.register,
    startRollout: deployments.start,
    findRollout: deployments.find,
    describeRollout: deployments.describe,
    stopRollout: deployments.stop,
    setDesiredCount: (placement, desiredCount) => setDesiredCount(clients, placement, desiredCount),
    stopTask: (placement, taskArn, reason) => stopTask(clients, placement, { taskArn, reason }),
    listTasks: taskReads(clients, definitions.recall),
    targetHealth: groups.health,
    alarms: (placement, names) => describeAlarms(clients, placement, names),
    lastLines: (placement, definition, taskArn, container, limit) =>
      lastLines(clients, { placement, definition, taskArn, container, limit }),
    logGroupExists: (placement, name) => logGroupExists(clients, placement, name),
    secretExists: (placement, valueFrom) => secretExists(clients, placement, valueFrom),
    describeSecret: (placement, valueFrom) => describeSecret(clients, placement, valueFrom),
    listSecrets: (placement, search) => listSecrets(clients, placement, search),
  };
}
