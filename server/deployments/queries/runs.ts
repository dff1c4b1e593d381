import { isoOrNull } from "../../core/dto.ts";
import type { Db, Tx } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import { taskDtosOf } from "../../services/queries/tasks.ts";
import { differences } from "../differences.ts";
import { gates } from "../gates/index.ts";
import type { TaskDefinition } from "../ports.ts";
import type {
  DeploymentStatus,
  DeploymentTargetDto,
  FactDto,
  GateDto,
  RolloutFacts,
  StepDto,
  StepName,
  StepStatus,
} from "../schema.ts";

const include = {
  target: { include: { environment: true } },
  steps: { orderBy: { position: "asc" } },
  gates: true,
  deployment: { select: { createdAt: true, finishedAt: true } },
} as const satisfies Prisma.DeploymentTargetInclude;

type Row = Prisma.DeploymentTargetGetPayload<{ include: typeof include }>;

function stepDto(step: Row["steps"][number]): StepDto {
  const { facts, rollout } = step.facts as { facts?: FactDto[]; rollout?: RolloutFacts | null };
  return {
    // Name and status are only ever written from the closed lists of the schema.
    name: step.name as StepName,
    status: step.status as StepStatus,
    reason: step.reason,
    facts: facts ?? [],
    rollout: rollout ?? null,
    startedAt: isoOrNull(step.startedAt),
    finishedAt: isoOrNull(step.finishedAt),
  };
}

/** Gates in the order in which they are listed, whatever order they were saved in. */
function gateDtos(rows: Row["gates"]): GateDto[] {
  const position = (name: string) => gates.findIndex((gate) => gate.name === name);
  return rows
    .toSorted((a, b) => position(a.name) - position(b.name))
    .map((row) => {
      const gate = gates.find((one) => one.name === row.name);
      return {
        name: row.name,
        title: gate?.title ?? row.name,
        result: row.result as GateDto["result"],
        reason: row.reason,
        facts: row.facts as FactDto[],
        overrideReason: row.overrideReason,
        overridable: gate?.overridable ?? false,
      };
    });
}

/** Tasks of this deployment and of what it replaced, while both may have run. */
async function tasksOf(on: Db | Tx, row: Row): Promise<DeploymentTargetDto["tasks"]> {
  const old = [row.previousTaskDefinitionArn, row.rollbackTaskDefinitionArn].filter((arn) => arn !== null);
  const fresh = row.taskDefinitionArn;
  if (!fresh) return [];
  const rows = await on.task.findMany({
    where: {
      targetId: row.targetId,
      taskDefinitionArn: { in: [fresh, ...old] },
      OR: [{ stoppedAt: null }, { stoppedAt: { gte: row.deployment.createdAt } }],
      ...(row.deployment.finishedAt ? { createdAt: { lte: row.deployment.finishedAt } } : {}),
    },
    orderBy: { createdAt: "desc" },
    take: 60,
  });
  const dtos = await taskDtosOf(
    on,
    rows.map((task) => ({ ...task, target: row.target })),
  );
  return dtos.map((task) => ({ ...task, side: task.taskDefinitionArn === fresh ? "new" : "old" }));
}

async function eventsOf(on: Db | Tx, row: Row): Promise<DeploymentTargetDto["events"]> {
  const { createdAt, finishedAt } = row.deployment;
  const events = await on.serviceEvent.findMany({
    where: { targetId: row.targetId, at: { gte: createdAt, ...(finishedAt ? { lte: finishedAt } : {}) } },
    orderBy: { at: "desc" },
    take: 50,
  });
  return events.map(({ id, at, message }) => ({ id, at: at.toISOString(), message }));
}

async function toDto(on: Db | Tx, row: Row): Promise<DeploymentTargetDto> {
  return {
    id: row.id,
    targetId: row.targetId,
    cluster: row.target.cluster,
    ecsService: row.target.ecsService,
    region: row.target.region,
    wave: row.wave,
    status: row.status as DeploymentStatus,
    step: row.step as StepName,
    taskDefinitionArn: row.taskDefinitionArn,
    previousTaskDefinitionArn: row.previousTaskDefinitionArn,
    waitingFor: row.lastError,
    waitingSince: isoOrNull(row.failingSince),
    steps: row.steps.map(stepDto),
    gates: gateDtos(row.gates),
    tasks: await tasksOf(on, row),
    events: await eventsOf(on, row),
    differences: differences(
      row.previousTaskDefinition as TaskDefinition | null,
      row.taskDefinition as TaskDefinition | null,
    ),
  };
}

/** The runs of a deployment, one per target, in order of their waves. */
export async function runDtosOf(on: Db | Tx, deploymentId: string): Promise<DeploymentTargetDto[]> {
  const rows = await on.deploymentTarget.findMany({
    where: { deploymentId },
    include,
    orderBy: [{ wave: "asc" }, { id: "asc" }],
  });
  // One after the other: inside a command all of this runs on one connection.
  const dtos: DeploymentTargetDto[] = [];
  for (const row of rows) dtos.push(await toDto(on, row));
  return dtos;
}
