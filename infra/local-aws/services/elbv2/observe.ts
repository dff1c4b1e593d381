import type { Clock, Metrics } from "../../contract.ts";
import type { Pool } from "./pool.ts";
import type { Observed } from "./traffic.ts";
import { dimensionOf, loadBalancersUsing } from "./state.ts";
import type { ElbState } from "./state.ts";

const NAMESPACE = "AWS/ApplicationELB";
const PERIOD_MS = 60_000;

/** `arn:aws:elasticloadbalancing:<region>:<account>:…` */
function placeOf(arn: string) {
  const [, , , region = "", accountId = ""] = arn.split(":");
  return { accountId, region };
}

/** What the traffic tells CloudWatch: per load balancer, and per target group within it. */
export function createObserver(metrics: Metrics) {
  return ({ loadBalancerArn, targetGroupArn, outcome }: Observed): void => {
    const place = placeOf(loadBalancerArn);
    const balancer = { LoadBalancer: dimensionOf(loadBalancerArn) };
    const scopes: Record<string, string>[] = [balancer];
    if (targetGroupArn !== undefined) scopes.push({ ...balancer, TargetGroup: dimensionOf(targetGroupArn) });
    const count = (name: string, dimensions: Record<string, string>) =>
      metrics.put(place, NAMESPACE, name, dimensions, 1, "Count");
    if (outcome.kind === "balancer") {
      count("HTTPCode_ELB_5XX_Count", balancer);
      count(`HTTPCode_ELB_${outcome.status}_Count`, balancer);
    }
    for (const dimensions of scopes) {
      // AWS counts only requests for which a target was chosen.
      if (targetGroupArn !== undefined) count("RequestCount", dimensions);
      if (outcome.kind !== "target") continue;
      count(`HTTPCode_Target_${Math.floor(outcome.status / 100)}XX_Count`, dimensions);
      metrics.put(place, NAMESPACE, "TargetResponseTime", dimensions, outcome.seconds, "Seconds");
    }
  };
}

/** Host counts of every group in use, once a minute of AWS time. Returns a function that ends it. */
export function reportHosts(parts: { clock: Clock; metrics: Metrics; state: ElbState; pool: Pool }): () => void {
  const { clock, metrics, state, pool } = parts;
  let cancel = () => {};
  const report = () => {
    for (const targetGroupArn of Object.keys(state.targetGroups)) {
      const members = pool.members(targetGroupArn);
      const healthy = members.filter((member) => member.health.state === "healthy").length;
      const unhealthy = members.filter((member) => member.health.state === "unhealthy").length;
      for (const loadBalancerArn of loadBalancersUsing(state, targetGroupArn)) {
        const place = placeOf(loadBalancerArn);
        const dimensions = { LoadBalancer: dimensionOf(loadBalancerArn), TargetGroup: dimensionOf(targetGroupArn) };
        metrics.put(place, NAMESPACE, "HealthyHostCount", dimensions, healthy, "Count");
        metrics.put(place, NAMESPACE, "UnHealthyHostCount", dimensions, unhealthy, "Count");
      }
    }
    cancel = clock.after(PERIOD_MS, report);
  };
  cancel = clock.after(PERIOD_MS, report);
  return () => cancel();
}
