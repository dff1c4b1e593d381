import { createPorts, type Ports } from "../../runtime/ports.ts";
import type { World } from "../../contract.ts";
import { openState, type State } from "./state.ts";
import type { TaskRun } from "./tasks/run.ts";

/** What ECS holds in memory for one world. */
export type Engine = {
  world: World;
  state: State;
  ports: Ports;
  /** Tasks that are under way, by ARN. */
  runs: Map<string, TaskRun>;
  /** The next planned look at a service, by its ARN: cancels it. */
  timers: Map<string, () => void>;
  /** Has the service looked at soon, once for any number of calls. */
  wake(serviceArn: string): void;
  /** Set by `startEcs`: what looking at a service means. */
  reconcile: (serviceArn: string) => void;
  /** Local AWS is ending: records stay as they are, so that the next start finds what ran. */
  isClosing: boolean;
};

/** Where tasks listen; images say so to their programs, and load balancers find them there. */
export const TASK_HOST = "127.0.0.1";

const engines = new WeakMap<World, Engine>();

/** The engine of a world, made on first use. */
export function engineOf(world: World): Engine {
  const known = engines.get(world);
  if (known) return known;
  const woken = new Set<string>();
  const engine: Engine = {
    world,
    state: openState(world.store),
    ports: createPorts(TASK_HOST),
    runs: new Map(),
    timers: new Map(),
    isClosing: false,
    reconcile: () => undefined,
    wake(serviceArn) {
      if (woken.has(serviceArn) || engine.isClosing) return;
      woken.add(serviceArn);
      setImmediate(() => {
        woken.delete(serviceArn);
        if (!engine.isClosing) engine.reconcile(serviceArn);
      });
    },
  };
  engines.set(world, engine);
  return engine;
}
