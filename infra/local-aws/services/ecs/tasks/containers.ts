import { randomInt } from "node:crypto";
import type { Image } from "../../../contract.ts";
import { watchHealth, type HealthStatus } from "../../../runtime/health-check.ts";
import { waitUntilListening } from "../../../runtime/listening.ts";
import { startProcess, type Exit } from "../../../runtime/process.ts";
import { TASK_HOST, type Engine } from "../engine.ts";
import type { ContainerRecord, TaskRecord } from "../records/task.ts";
import { noteFailure } from "../rollout/failures.ts";
import { healthCheckOf, programOf, stopTimeoutOf, type ContainerPlan, type LogDestination } from "./plan.ts";
import { change, requestStop, type TaskRun } from "./run.ts";

const OUT_OF_MEMORY = 137;
/** Real milliseconds after which a program that does not listen is left to its health checks. */
const LONGEST_START_MS = 15_000;

type Start = { engine: Engine; task: TaskRecord; run: TaskRun; plan: ContainerPlan; image: Image };

/** Starts a container's process and its log. Rejects when the system starts no process. */
export async function startContainer({ engine, task, run, plan, image }: Start): Promise<void> {
  const { record, definition } = plan;
  if (record.containerPort !== undefined) record.hostPort = await engine.ports.take();
  const program = programOf(engine, task, plan, image);
  plan.program = program;
  const process = await startProcess(program, logger(engine, task, plan.log)).catch((error: unknown) => {
    if (record.hostPort !== undefined) engine.ports.release(record.hostPort);
    throw error;
  });
  // Local AWS closed meanwhile, and has ended the processes that it knew.
  if (engine.isClosing) return process.stop(0);
  run.processes.push({ process, stopTimeoutMs: stopTimeoutOf(engine, definition) });
  record.lastStatus = "RUNNING";
  record.imageDigest = image.digest;
  record.runtimeId = `${task.id}-${randomInt(1e9, 1e10)}`;
  void process.exited.then((exit) => containerExited(engine, task, record, exit));
}

/**
 * Waits until the containers listen, then begins their health checks. A program starts no faster in scaled time, so
 * the clocks of health checks, the load balancer's too, must not run while it does.
 */
export async function awaitContainers({
  engine,
  task,
  run,
  plans,
}: Omit<Start, "plan" | "image"> & { plans: ContainerPlan[] }) {
  const { signal } = run.stop;
  const ports = plans.flatMap(({ record: { hostPort } }) => (hostPort === undefined ? [] : [hostPort]));
  await Promise.all(ports.map((port) => waitUntilListening({ host: TASK_HOST, port }, LONGEST_START_MS, signal)));
  if (signal.aborted) return;
  for (const { record, definition, program } of plans) {
    const check = healthCheckOf(engine, definition);
    if (!check || !program || record.lastStatus !== "RUNNING") continue;
    const report = (status: HealthStatus) => {
      record.healthStatus = status;
      change(engine, task, {});
    };
    run.cancel.push(watchHealth(check, program, report));
  }
}

function logger({ world }: Engine, { accountId }: TaskRecord, log: LogDestination | undefined) {
  if (!log) return () => undefined;
  const place = { accountId, region: log.region };
  return (line: string) => world.logs.append(place, log.group, log.stream, line, world.clock.now());
}

function containerExited(engine: Engine, task: TaskRecord, record: ContainerRecord, { code, killed }: Exit): void {
  if (engine.isClosing) return;
  if (record.hostPort !== undefined) engine.ports.release(record.hostPort);
  record.lastStatus = "STOPPED";
  record.exitCode = code;
  // Nobody here enforces a memory limit, so the exit code that Linux gives its victims is all there is to go by.
  if (code === OUT_OF_MEMORY && !killed) record.reason = "OutOfMemoryError: Container killed due to memory usage";
  change(engine, task, {});
  if (!record.isEssential) return;
  const reason = "Essential container in task exited";
  if (requestStop(engine, task, { code: "EssentialContainerExited", reason }) && !task.wasHealthy) {
    noteFailure(engine, task);
  }
}
