import type { LoadBalancing, Target } from "../../contract.ts";
import type { Core } from "../../world.ts";

export function createLoadBalancing(_core: Core): { port: LoadBalancing } {
  const targets = new Map<string, Target>();
  const listeners: ((targetGroupArn: string, targetId: string) => void)[] = [];
  return {
    port: {
      exists: (arn) => arn.includes(":targetgroup/"),
      inUse: () => true,
      register(arn, target) {
        targets.set(`${arn} ${target.id}`, target);
        setTimeout(() => listeners.forEach((run) => run(arn, target.id)), 0).unref();
      },
      deregister(arn, targetId, drained) {
        targets.delete(`${arn} ${targetId}`);
        setTimeout(drained, 0).unref();
      },
      health: (arn, targetId) => ({ state: targets.has(`${arn} ${targetId}`) ? "healthy" : "unused" }),
      onChange: (listener) => void listeners.push(listener),
    },
  };
}
