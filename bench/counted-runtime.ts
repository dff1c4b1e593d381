import { gather, type Cluster } from "#server/aws/gather.ts";
import {
  RuntimeFailure,
  type Placement,
  type Ports,
  type Rollout,
  type Runtime,
  type ServiceState,
} from "#server/deployments/ports.ts";

/** What AWS counts: calls by quota. Each method of the runtime makes so many of them (server/aws). */
export type Calls = Record<"service reads" | "deployment reads" | "task reads", number>;

/** Milliseconds that a call takes, about as ECS within a region. */
const latencyMs = 30;

/** Tasks that a service has, each an entry of a DescribeTasks. */
const tasksPerService = 2;

/**
 * A runtime in memory that answers as slowly as ECS and counts the calls that the real one would make. Reads are
 * gathered by the same code as those of the real one: ten services, twenty deployments or a hundred tasks in a call.
 */
export function countedRuntime(ports: Ports): { ports: Ports; calls: Calls } {
  const calls: Calls = { "service reads": 0, "deployment reads": 0, "task reads": 0 };
  const { runtime } = ports;
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, latencyMs));

  /** One call for all of them; each answer is asked of the runtime in memory. */
  function counted<Out>(quota: keyof Calls, most: number, answer: (place: Cluster, id: string) => Promise<Out>) {
    return gather<Out>({
      most,
      async read(place, ids) {
        calls[quota] += 1;
        await pause();
        const answers = new Map<string, Out | RuntimeFailure>();
        for (const id of ids) {
          answers.set(
            id,
            await answer(place, id).catch((error: unknown) => {
              if (error instanceof RuntimeFailure) return error;
              throw error;
            }),
          );
        }
        return (id) => answers.get(id) as Out | RuntimeFailure;
      },
    });
  }

  const placementOf = (place: Cluster, ecsService: string): Placement => ({ ...place, ecsService });
  const describeService = counted<ServiceState>("service reads", 10, (place, name) =>
    runtime.describeService(placementOf(place, name)),
  );
  const describeRollout = counted<Rollout>("deployment reads", 20, (place, arn) =>
    runtime.describeRollout(placementOf(place, ""), arn),
  );
  const describeTask = counted<null>("task reads", 100, async () => null);
  const own: Partial<Runtime> = {
    describeService: (placement) => describeService(placement, placement.ecsService),
    describeRollout,
    async describeServices(placements) {
      calls["service reads"] += Math.ceil(placements.length / 10);
      await pause();
      return runtime.describeServices(placements);
    },
    async findRollout(placement, arn) {
      calls["deployment reads"] += 1;
      await pause();
      const found = await runtime.findRollout(placement, arn);
      return found && describeRollout(placement, found.arn);
    },
    async listTasks(placement) {
      calls["task reads"] += 2;
      await pause();
      const tasks = Array.from({ length: tasksPerService }, (_, index) => `${placement.ecsService}/${index}`);
      await Promise.all(tasks.map((task) => describeTask(placement, task)));
      return runtime.listTasks(placement);
    },
  };
  return { ports: { ...ports, runtime: { ...runtime, ...own } }, calls };
}
