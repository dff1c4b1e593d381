import type { LoadBalancing } from "../../contract.ts";
import type { Elb } from "./elb.ts";
import { healthWith } from "./health.ts";
import { loadBalancersUsing } from "./state.ts";

/** What ECS sees of the load balancers. */
export function createPort({ state, pool }: Elb): LoadBalancing {
  return {
    exists: (targetGroupArn) => Object.hasOwn(state.targetGroups, targetGroupArn),
    inUse: (targetGroupArn) => loadBalancersUsing(state, targetGroupArn).length > 0,
    register: pool.register,
    deregister: pool.deregister,
    health(targetGroupArn, targetId) {
      const member = pool.members(targetGroupArn).find((one) => one.id === targetId);
      const { state: status, reason, description } = member?.health ?? healthWith("unused", "Target.NotRegistered");
      return { state: status, ...(reason ? { reason } : {}), ...(description ? { description } : {}) };
    },
    onChange: pool.onChange,
  };
}
