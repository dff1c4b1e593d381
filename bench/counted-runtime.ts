import type { Ports, Runtime } from "#server/deployments/ports.ts";

/** What AWS counts: calls by quota. Each method of the runtime makes so many of them (server/aws). */
export type Calls = Record<"service reads" | "deployment reads" | "task reads", number>;

/** Milliseconds that a call takes, about as ECS within a region. */
const latencyMs = 30;

/**
 * A runtime in memory that answers as slowly as ECS and counts the calls that the real one would make: ten services in
 * a DescribeServices, and two pages of ListTasks with one DescribeTasks for the tasks of a service.
 */
export function countedRuntime(ports: Ports): { ports: Ports; calls: Calls } {
  const calls: Calls = { "service reads": 0, "deployment reads": 0, "task reads": 0 };
  const { runtime } = ports;
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, latencyMs));
  const counted: Partial<Runtime> = {
    async describeService(...args) {
      calls["service reads"] += 1;
      await pause();
      return runtime.describeService(...args);
    },
    async describeServices(placements) {
      calls["service reads"] += Math.ceil(placements.length / 10);
      await pause();
      return runtime.describeServices(placements);
    },
    async describeRollout(...args) {
      calls["deployment reads"] += 1;
      await pause();
      return runtime.describeRollout(...args);
    },
    async findRollout(...args) {
      calls["deployment reads"] += 2;
      await pause();
      return runtime.findRollout(...args);
    },
    async listTasks(...args) {
      calls["task reads"] += 3;
      await pause();
      return runtime.listTasks(...args);
    },
  };
  return { ports: { ...ports, runtime: { ...runtime, ...counted } }, calls };
}
