import type { DeploymentConfiguration, LoadBalancer } from "@aws-sdk/client-ecs";
import { AwsError } from "../../contract.ts";
import type { Engine } from "./engine.ts";
import { invalid } from "./errors.ts";
import type { ServiceRecord } from "./records/service.ts";
import type { TaskDefinitionRecord } from "./records/task-definition.ts";

const MOST_DESIRED = 5_000;

/** FARGATE, unless another type that exists here was named. */
export function launchTypeOf(asked: string | undefined): ServiceRecord["launchType"] {
  return asked === "EC2" || asked === "EXTERNAL" ? asked : "FARGATE";
}

/** Refuses counts below 0 and above the quota of tasks per service. */
export function validateDesiredCount(desiredCount: number): void {
  if (!Number.isInteger(desiredCount) || desiredCount < 0) throw invalid("desiredCount cannot be negative.");
  if (desiredCount > MOST_DESIRED) throw invalid(`desiredCount cannot be more than ${MOST_DESIRED}.`);
}

/** Fills in the defaults of a rolling service and refuses what AWS refuses, or what is not built here. */
export function completeConfiguration(given: DeploymentConfiguration = {}): DeploymentConfiguration {
  const { strategy = "ROLLING", maximumPercent: maximum = 200, minimumHealthyPercent: minimum = 100 } = given;
  const configuration = { ...given, strategy, maximumPercent: maximum, minimumHealthyPercent: minimum };
  if (strategy !== "ROLLING") {
    throw new AwsError("UnsupportedFeatureException", `Local AWS deploys ROLLING only, not ${strategy}.`);
  }
  if (given.lifecycleHooks?.length) {
    throw new AwsError("UnsupportedFeatureException", "Local AWS runs no lifecycle hooks.");
  }
  if (minimum < 0 || minimum > 100) throw invalid("minimumHealthyPercent must be between 0 and 100.");
  if (maximum < 100) throw invalid("maximumPercent must be at least 100.");
  if (minimum === 100 && maximum === 100) {
    throw invalid("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
  }
  validateBreaker(configuration);
  if (given.alarms?.enable && given.alarms.alarmNames?.length === 0) {
    throw invalid("alarmNames cannot be empty when alarms are enabled.");
  }
  return configuration;
}

function validateBreaker({ deploymentCircuitBreaker: breaker }: DeploymentConfiguration): void {
  const { type, value } = breaker?.thresholdConfiguration ?? {};
  if (value === undefined) return;
  if (value < 1 || (type !== "COUNT" && value > 100)) {
    throw invalid("The value of thresholdConfiguration must be between 1 and 100 for a percentage.");
  }
}

/** Target groups have to exist behind a load balancer, and containers and ports in the task definition. */
export function validateLoadBalancers(
  { world }: Engine,
  loadBalancers: LoadBalancer[],
  { input }: TaskDefinitionRecord,
): void {
  for (const { targetGroupArn, containerName, containerPort } of loadBalancers) {
    if (!targetGroupArn) throw invalid("targetGroupArn cannot be empty: Classic Load Balancers are not available.");
    if (!world.elb.exists(targetGroupArn)) {
      throw invalid(`The specified target group does not exist. (target-group ${targetGroupArn})`);
    }
    if (!world.elb.inUse(targetGroupArn)) {
      throw invalid(
        `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
      );
    }
    const container = input.containerDefinitions?.find(({ name }) => name === containerName);
    if (!container) throw invalid(`The container ${containerName} does not exist in the task definition.`);
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort)) {
      throw invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`);
    }
  }
}
