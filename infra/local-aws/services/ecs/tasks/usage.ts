import { readUsage, type Reading } from "../../../runtime/readings.ts";
import type { Engine } from "../engine.ts";
import type { TaskRecord } from "../records/task.ts";

const PERIOD_MS = 60_000;
const LEAST_PERIOD_MS = 1_000;
const CPU_UNITS_PER_CORE = 1_024;
const BYTES_PER_MIB = 1_048_576;

/** Publishes each service's use of processor and memory per minute of AWS time; returns how to end it. */
export function watchUsage(engine: Engine): () => void {
  let last = new Map<number, Reading>();
  let lastAt = Date.now();
  const measure = async () => {
    const tasks = measuredTasks(engine);
    const readings = await readUsage(tasks.flatMap(({ pids }) => pids));
    const elapsedS = (Date.now() - lastAt) / 1_000;
    for (const { task, pids } of tasks) publish(engine, task, useOf(pids, { last, readings, elapsedS }));
    last = readings;
    lastAt = Date.now();
  };
  const realMs = Math.max(engine.world.clock.real(PERIOD_MS), LEAST_PERIOD_MS);
  const timer = setInterval(() => void measure(), realMs).unref();
  return () => clearInterval(timer);
}

function measuredTasks({ runs, state }: Engine): { task: TaskRecord; pids: number[] }[] {
  return [...runs].flatMap(([arn, { processes }]) => {
    const task = state.tasks[arn];
    const isMeasured = task?.serviceArn !== undefined && task.lastStatus === "RUNNING";
    return isMeasured ? [{ task, pids: processes.map(({ process }) => process.pid) }] : [];
  });
}

type Use = { cores: number | undefined; bytes: number };

function useOf(
  pids: number[],
  { last, readings, elapsedS }: { last: Map<number, Reading>; readings: Map<number, Reading>; elapsedS: number },
): Use {
  let seconds: number | undefined;
  let bytes = 0;
  for (const pid of pids) {
    const [before, now] = [last.get(pid), readings.get(pid)];
    if (now) bytes += now.residentBytes;
    if (now && before) seconds = (seconds ?? 0) + Math.max(0, now.cpuSeconds - before.cpuSeconds);
  }
  return { cores: seconds === undefined || elapsedS <= 0 ? undefined : seconds / elapsedS, bytes };
}

function publish({ world }: Engine, task: TaskRecord, { cores, bytes }: Use): void {
  const service = task.serviceArn?.split("/").at(-1) ?? "";
  const dimensions = { ClusterName: task.clusterArn.split("/").at(-1) ?? "", ServiceName: service };
  const put = (name: string, value: number) => world.metrics.put(task, "AWS/ECS", name, dimensions, value, "Percent");
  // A definition without a size has nothing to be a share of.
  if (bytes > 0 && Number(task.memory) > 0)
    put("MemoryUtilization", (bytes / (Number(task.memory) * BYTES_PER_MIB)) * 100);
  if (cores !== undefined && Number(task.cpu) > 0)
    put("CPUUtilization", (cores / (Number(task.cpu) / CPU_UNITS_PER_CORE)) * 100);
}
