import type { CreateServiceCommandInput, CreateServiceCommandOutput } from "@aws-sdk/client-ecs";
import { AwsError, type Caller, type World } from "../../../contract.ts";
import { engineOf, type Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { findService, requireActiveTaskDefinition, requireCluster, serviceArnOf } from "../lookup.ts";
import type { ClusterRecord } from "../records/cluster.ts";
import type { ServiceRecord } from "../records/service.ts";
import { renderService } from "../render/service.ts";
import { beginDeployment } from "../rollout/begin.ts";
import { checkTags, setTags } from "../tags.ts";
import {
  completeConfiguration,
  launchTypeOf,
  validateDesiredCount,
  validateLoadBalancers,
} from "../validate-service.ts";
import type { Answer } from "../../answer.ts";

/** Its first deployment begins at once. The same `clientToken` again returns the service that it made. */
export function createService(
  world: World,
  input: CreateServiceCommandInput,
  caller: Caller,
): Answer<CreateServiceCommandOutput> {
  const engine = engineOf(world);
  const cluster = requireCluster(engine, caller, input.cluster);
  const { serviceName = "", desiredCount = 1, loadBalancers = [] } = input;
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(serviceName)) throw invalid("Invalid service name.");
  const known = findService(engine, cluster, serviceName);
  if (known && known.status !== "INACTIVE") return repeated({ engine, known, input, caller });
  refuseUnsupported(input);
  checkTags(input.tags);
  validateDesiredCount(desiredCount);
  const definition = requireActiveTaskDefinition(engine, caller, input.taskDefinition);
  validateLoadBalancers(engine, loadBalancers, definition);
  const service = newService({ world, input, caller, cluster });
  engine.state.services[service.arn] = service;
  setTags(engine, service.arn, input.tags);
  beginDeployment(engine, service, definition);
  caller.record?.("changed", service.arn);
  return { service: { ...renderService(engine, service), tags: engine.state.tags[service.arn] ?? [] } };
}

type Repeated = { engine: Engine; known: ServiceRecord; input: CreateServiceCommandInput; caller: Caller };

function repeated({ engine, known, input, caller }: Repeated): Answer<CreateServiceCommandOutput> {
  if (known.status === "DRAINING") throw invalid("Unable to Start a service that is still Draining.");
  const isSame = input.clientToken !== undefined && known.clientToken === input.clientToken;
  if (!isSame) throw invalid("Creation of service was not idempotent.");
  caller.record?.("none", known.arn);
  return { service: renderService(engine, known) };
}

function refuseUnsupported({ deploymentController, schedulingStrategy }: CreateServiceCommandInput): void {
  if (deploymentController && deploymentController.type !== "ECS") {
    const message = `Local AWS has the ECS deployment controller only, not ${deploymentController.type}.`;
    throw new AwsError("UnsupportedFeatureException", message);
  }
  if (schedulingStrategy === "DAEMON") {
    throw new AwsError("UnsupportedFeatureException", "Local AWS schedules REPLICA services only.");
  }
}

type New = { world: World; input: CreateServiceCommandInput; caller: Caller; cluster: ClusterRecord };

function newService({ world, input, caller, cluster }: New): ServiceRecord {
  const { serviceName = "", desiredCount = 1, loadBalancers = [], healthCheckGracePeriodSeconds: grace } = input;
  return {
    arn: serviceArnOf(cluster, serviceName),
    name: serviceName,
    clusterArn: cluster.arn,
    accountId: caller.accountId,
    region: caller.region,
    status: "ACTIVE",
    createdAt: world.clock.now(),
    createdBy: `arn:aws:iam::${caller.accountId}:root`,
    ...(input.clientToken !== undefined && { clientToken: input.clientToken }),
    desiredCount,
    deploymentConfiguration: completeConfiguration(input.deploymentConfiguration),
    loadBalancers,
    ...(input.networkConfiguration && { networkConfiguration: input.networkConfiguration }),
    ...(grace !== undefined && { healthCheckGracePeriodSeconds: grace }),
    launchType: launchTypeOf(input.launchType),
    platformVersion: input.platformVersion ?? "LATEST",
    propagateTags: input.propagateTags ?? "NONE",
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? "DISABLED",
    deployments: [],
    events: [],
    isSteady: false,
  };
}
