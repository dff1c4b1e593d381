import {
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type ServiceDeployment,
} from "@aws-sdk/client-ecs";
import { RuntimeFailure, type Placement, type Rollout } from "../deployments/ports.ts";
import { allPages, batches } from "./batches.ts";
import { BoundedMap } from "../core/bounded-map.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall, missingItem } from "./failure.ts";
import { gather } from "./gather.ts";
import { revisionArns, toRollout } from "./rollout.ts";
import { placeName } from "./services.ts";

/** DescribeServiceRevisions takes twenty. */
const revisionBatch = 20;

/** DescribeServiceDeployments takes twenty. */
const deploymentBatch = 20;

/** ECS keeps 90 days of service deployments; this many pages of a hundred are looked through for one. */
const maxPages = 10;

/** Service deployments of ECS, and the two writes that begin and end them. */
export function rollouts(clients: ClientSource) {
  /** Service revision to task definition: a revision never changes. */
  const definitionOf = new BoundedMap<string, string>(5_000);

  async function resolve(placement: Placement, revisions: string[]): Promise<Map<string, string>> {
    const { ecs } = await clients.of(placement);
    const target = { operation: "ecs:DescribeServiceRevisions", resource: placeName(placement) };
    const wanted = [...new Set(revisions)];
    const result = new Map<string, string>();
    const keep = (revision: string, definition: string | undefined): void => {
      if (definition) result.set(revision, definition);
    };
    for (const arn of wanted) keep(arn, definitionOf.get(arn));
    for (const arns of batches(
      wanted.filter((arn) => !result.has(arn)),
      revisionBatch,
    )) {
      const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns });
      const answer = await awsCall(target, (options) => ecs.send(command, options));
      for (const { serviceRevisionArn: arn, taskDefinition } of answer.serviceRevisions ?? []) {
        if (!arn || !taskDefinition) continue;
        definitionOf.set(arn, taskDefinition);
        keep(arn, taskDefinition);
      }
    }
    return result;
  }

  const operation = "ecs:DescribeServiceDeployments";
  const read = gather<ServiceDeployment>({
    most: deploymentBatch,
    async read(place, arns) {
      const { ecs } = await clients.of(place);
      const resource =
        arns.length === 1 ? `the service deployment ${arns[0]}` : `service deployments of ${place.cluster}`;
      const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [...arns] });
      const { serviceDeployments = [], failures = [] } = await awsCall({ operation, resource }, (options) =>
        ecs.send(command, options),
      );
      return (arn) =>
        serviceDeployments.find((one) => one.serviceDeploymentArn === arn) ??
        missingItem(
          { operation, resource: `the service deployment ${arn}` },
          failures.find((one) => one.arn === arn),
        );
    },
  });

  async function describe(placement: Placement, arn: string): Promise<Rollout> {
    const found = await read(placement, arn);
    return toRollout(found, await resolve(placement, revisionArns(found)));
  }

  async function find(placement: Placement, taskDefinitionArn: string): Promise<Rollout | undefined> {
    const { ecs } = await clients.of(placement);
    const target = { operation: "ecs:ListServiceDeployments", resource: placeName(placement) };
    const all = await allPages(async (nextToken) => {
      const command = new ListServiceDeploymentsCommand({
        cluster: placement.cluster,
        service: placement.ecsService,
        maxResults: 100,
        nextToken,
      });
      const page = await awsCall(target, (options) => ecs.send(command, options));
      return { items: page.serviceDeployments, next: page.nextToken };
    }, maxPages);
    const newestFirst = all.sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
    for (const group of batches(newestFirst, revisionBatch)) {
      const revisions = group.map((one) => one.targetServiceRevisionArn).filter((arn) => arn !== undefined);
      const definitions = await resolve(placement, revisions);
      const match = group.find((one) => definitions.get(one.targetServiceRevisionArn ?? "") === taskDefinitionArn);
      if (match?.serviceDeploymentArn) return describe(placement, match.serviceDeploymentArn);
    }
    return undefined;
  }

  async function start(placement: Placement, taskDefinitionArn: string): Promise<void> {
    // Not repeated by the SDK: what somebody else brought after an answer that was lost would be replaced unseen.
    const { ecsOnce } = await clients.of(placement);
    const command = new UpdateServiceCommand({
      cluster: placement.cluster,
      service: placement.ecsService,
      taskDefinition: taskDefinitionArn,
    });
    await awsCall({ operation: "ecs:UpdateService", resource: placeName(placement) }, (options) =>
      ecsOnce.send(command, options),
    );
  }

  async function stop(placement: Placement, arn: string): Promise<void> {
    const { ecs } = await clients.of(placement);
    const target = { operation: "ecs:StopServiceDeployment", resource: `the service deployment ${arn}` };
    const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: "ROLLBACK" });
    try {
      await awsCall(target, (options) => ecs.send(command, options));
    } catch (error) {
      // A rollout that is over, or already going back, cannot be stopped: the rollout itself tells how it ended.
      if (!(error instanceof RuntimeFailure) || error.kind !== "refused") throw error;
      const { finishedAt, status } = await describe(placement, arn);
      if (!finishedAt && !status.startsWith("rollback_")) throw error;
    }
  }

  return { describe, find, start, stop };
}
