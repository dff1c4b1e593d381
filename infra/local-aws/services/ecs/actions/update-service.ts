import type { UpdateServiceCommandInput, UpdateServiceCommandOutput } from "@aws-sdk/client-ecs";
import { isDeepStrictEqual } from "node:util";
import type { Caller, World } from "../../../contract.ts";
import { engineOf, type Engine } from "../engine.ts";
import { client, serviceNotActive, serviceNotFound } from "../errors.ts";
import { findService, findTaskDefinition, requireActiveTaskDefinition, requireCluster } from "../lookup.ts";
import type { ServiceRecord } from "../records/service.ts";
import { renderService } from "../render/service.ts";
import { beginDeployment } from "../rollout/begin.ts";
import { completeConfiguration, validateDesiredCount, validateLoadBalancers } from "../validate-service.ts";
import type { Answer } from "../../answer.ts";

/** Parameters that differ from what the service has start a deployment, or not, by ecs.md 2.7. */
export function updateService(
  world: World,
  input: UpdateServiceCommandInput,
  caller: Caller,
): Answer<UpdateServiceCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, input.cluster);
  const service = findService(engine, cluster, input.service ?? "");
  if (!service) throw serviceNotFound();
  if (service.status !== "ACTIVE") throw serviceNotActive();
  const definition = definitionFor({ engine, service, input, caller });
  const settings = changedSettings(service, input);
  const deployed = changedDeployedSettings(service, input);
  validateLoadBalancers(engine, balancersToCheck(service, input), definition);
  const before = structuredClone(service);
  Object.assign(service, settings, deployed);
  const hasChanged = !isDeepStrictEqual(before, service);
  const startsDeployment =
    input.forceNewDeployment === true ||
    definition.arn !== service.deployments[0]?.taskDefinitionArn ||
    Object.keys(deployed).length > 0;
  if (startsDeployment) beginDeployment(engine, service, definition);
  engine.state.save("services");
  engine.wake(service.arn);
  caller.record?.(startsDeployment || hasChanged ? "changed" : "none", service.arn);
  return { service: renderService(engine, service) };
}

/** Those that are named; and those that the service has, once another task definition has to fit them. */
function balancersToCheck(service: ServiceRecord, { loadBalancers, taskDefinition }: UpdateServiceCommandInput) {
  return loadBalancers ?? (taskDefinition === undefined ? [] : service.loadBalancers);
}

type Asked = { engine: Engine; service: ServiceRecord; input: UpdateServiceCommandInput; caller: Caller };

function definitionFor({ engine, service, input, caller }: Asked) {
  if (input.taskDefinition !== undefined) return requireActiveTaskDefinition(engine, caller, input.taskDefinition);
  const current = findTaskDefinition(engine, caller, service.deployments[0]?.taskDefinitionArn ?? "");
  if (!current) throw client("Unable to describe task definition.");
  // A new deployment of what the service runs already is refused too once that is INACTIVE.
  if (input.forceNewDeployment && current.status !== "ACTIVE") throw client("TaskDefinition is inactive");
  return current;
}

/** Settings that take effect without a deployment. */
function changedSettings(service: ServiceRecord, input: UpdateServiceCommandInput): Partial<ServiceRecord> {
  if (input.desiredCount !== undefined) validateDesiredCount(input.desiredCount);
  const { deploymentConfiguration: configuration } = input;
  return {
    ...(input.desiredCount !== undefined && { desiredCount: input.desiredCount }),
    ...(configuration && {
      deploymentConfiguration: completeConfiguration({ ...service.deploymentConfiguration, ...configuration }),
    }),
    ...(input.healthCheckGracePeriodSeconds !== undefined && {
      healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds,
    }),
    ...(input.enableExecuteCommand !== undefined && { enableExecuteCommand: input.enableExecuteCommand }),
    ...(input.enableECSManagedTags !== undefined && { enableECSManagedTags: input.enableECSManagedTags }),
    ...(input.propagateTags !== undefined && { propagateTags: input.propagateTags }),
    ...(input.availabilityZoneRebalancing !== undefined && {
      availabilityZoneRebalancing: input.availabilityZoneRebalancing,
    }),
  };
}

/** Settings that only new tasks get, and that hence start a deployment when they differ. */
function changedDeployedSettings(service: ServiceRecord, input: UpdateServiceCommandInput): Partial<ServiceRecord> {
  const { networkConfiguration, platformVersion, loadBalancers } = input;
  const given = {
    ...(networkConfiguration && { networkConfiguration }),
    ...(platformVersion !== undefined && { platformVersion }),
    ...(loadBalancers && { loadBalancers }),
  };
  const current: Record<string, unknown> = service;
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => !isDeepStrictEqual(current[name], value)));
}
