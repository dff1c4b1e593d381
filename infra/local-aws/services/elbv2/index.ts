import type { LoadBalancing, Metrics, ServiceDefinition } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import { closeChecks } from "./check.ts";
import type { Elb } from "./elb.ts";
import { createListeners } from "./listeners.ts";
import { createObserver, reportHosts } from "./observe.ts";
import { createPool } from "./pool.ts";
import { createPort } from "./port.ts";
import { apiTarget, emptyState, loadBalancersUsing } from "./state.ts";
import { createTraffic } from "./traffic.ts";

export type Elbv2 = {
  service: ServiceDefinition;
  port: LoadBalancing;
  /** Opens the listeners again that were there before a restart, with the targets registered through the API. */
  resume(): Promise<void>;
};

const DOCUMENT = "elbv2";

/** Elastic Load Balancing v2: application load balancers on real local ports. */
export function createElbv2(core: Core, metrics: Metrics): Elbv2 {
  const state = core.store.document(DOCUMENT, emptyState);
  const pool = createPool(core.clock, {
    find: (arn) => state.targetGroups[arn],
    inUse: (arn) => loadBalancersUsing(state, arn).length > 0,
  });
  const traffic = createTraffic({ state, pool, observe: createObserver(metrics), random: Math.random });
  const listeners = createListeners(core.options.host, traffic.handle);
  const endReport = reportHosts({ clock: core.clock, metrics, state, pool });
  const elb: Elb = {
    core,
    state,
    pool,
    listeners,
    changed() {
      pool.usageChanged();
      core.store.touch(DOCUMENT);
    },
  };
  core.onClose(async () => {
    endReport();
    pool.close();
    await listeners.closeAll();
    traffic.close();
    closeChecks();
  });

  return {
    service: {
      name: "elasticloadbalancing",
      protocol: "query",
      target: "2015-12-01",
      actions: bind(elb, actions),
      writes: Object.keys(actions).filter((name) => !name.startsWith("Describe")),
    },
    port: createPort(elb),
    async resume() {
      for (const [groupArn, targets] of Object.entries(state.targets)) {
        for (const { id, port } of targets) pool.register(groupArn, apiTarget(id, port));
      }
      await Promise.all(Object.values(state.listeners).map((listener) => listeners.resume(listener)));
    },
  };
}
