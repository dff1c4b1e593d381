import type { ServiceState } from "../ports.ts";
import type { FindingDto } from "../schema.ts";

/** DescribeServices per second that ECS allows an account and region (AWS: request-throttling). */
const describePerSecond = 20;

const of = (check: string, isOk: boolean, detail: string): FindingDto => ({
  check,
  result: isOk ? "ok" : "warning",
  detail,
  policy: null,
});

/** How an ECS service is set up for what the portal does with it. */
export function serviceFindings(
  service: Pick<ServiceState, "status" | "circuitBreaker" | "alarmNames" | "minimumHealthyPercent">,
): FindingDto[] {
  const { status, circuitBreaker, alarmNames, minimumHealthyPercent } = service;
  const breaker = circuitBreaker.enabled && circuitBreaker.rollback;
  return [
    of("Service is active", status === "ACTIVE", `ECS says ${status}.`),
    of(
      "Circuit breaker",
      breaker,
      breaker
        ? "A version that does not start is rolled back by ECS."
        : "Without a circuit breaker with rollback, a version that does not start is tried until the portal gives up after an hour. Set deploymentCircuitBreaker={enable=true,rollback=true}.",
    ),
    of(
      "Alarms guard rollouts",
      alarmNames.length > 0,
      alarmNames.length > 0
        ? `ECS rolls back when ${alarmNames.join(", ")} goes off.`
        : "No alarm is named in the deployment configuration: a version that starts and then fails requests is not rolled back by ECS.",
    ),
    of(
      "Tasks stay up during a rollout",
      minimumHealthyPercent > 0,
      minimumHealthyPercent > 0
        ? `At least ${minimumHealthyPercent} % stay healthy.`
        : "minimumHealthyPercent is 0: ECS may stop every task before it starts new ones.",
    ),
  ];
}

/** What watching so many services of one account and region takes of ECS's quota. */
export function quotaFinding(services: number): FindingDto {
  const everySeconds = 30;
  const perSecond = Math.ceil(services / 10) / everySeconds;
  const share = (perSecond / describePerSecond) * 100;
  const detail = `Looking at ${services} services each ${everySeconds} s takes ${share.toFixed(1)} % of the ${describePerSecond} DescribeServices calls a second that ECS allows the account and region.`;
  return of("Quota of ecs:DescribeServices", share <= 10, detail);
}
