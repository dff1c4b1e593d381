import { randomInt } from "node:crypto";
import type { Image } from "../../../contract.ts";
import { watchHealth } from "../../../runtime/health-check.ts";
import { startProcess, type Exit } from "../../../runtime/process.ts";
import type { Engine } from "../engine.ts";
import type { ContainerRecord, TaskRecord } from "../records/task.ts";
import { noteFailure } from "../rollout/failures.ts";
import { healthCheckOf, programOf, stopTimeoutOf, type ContainerPlan, type LogDestination } from "./plan.ts";
import { change, requestStop, type TaskRun } from "./run.ts";

const OUT_OF_MEMORY = 137;

type Start = { engine: Engine; task: TaskRecord; run: TaskRun; plan: ContainerPlan; image: Image };

/** Starts a container's process, its log and its health check. */
export async function startContainer({ engine, task, run, plan, image }: Start): Promise<void> {
  const { record, definition } = plan;
  if (record.containerPort !== undefined) record.hostPort = await engine.ports.take();
  const program = programOf(engine, task, plan, image);
  const process = await startProcess(program, logger(engine, task, plan.log));
  run.processes.push({ process, stopTimeoutMs: stopTimeoutOf(engine, definition) });
  record.lastStatus = "RUNNING";
  record.imageDigest = image.digest;
  record.runtimeId = `${task.id}-${randomInt(1e9, 1e10)}`;
  const check = healthCheckOf(engine, definition);
  const endCheck = check
    ? watchHealth(check, program, (status) => {
        record.healthStatus = status;
        change(engine, task, {});
      })
    : () => undefined;
  run.cancel.push(endCheck);
  void process.exited.then((exit) => {
    endCheck();
    containerExited(engine, task, record, exit);
  });
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
