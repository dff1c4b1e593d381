import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { Field } from "./field.ts";
import type { Place } from "./place.ts";

export const clusterOf = ({ environment }: Place) => `qkart-${environment}`;

const repeated = async <T>(work: () => Promise<T>): Promise<T> => {
  // Faults that are meant for the portal hit this as well.
  for (let left = 40; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(250);
    }
  }
};

/** What ECS itself says of a place. */
export async function ecsTruth(field: Field, place: Place) {
  const { services } = await repeated(() =>
    field.ecs.send(new DescribeServicesCommand({ cluster: clusterOf(place), services: [place.service] })),
  );
  const service = services?.[0];
  const arn = service?.taskDefinition ?? "";
  const { taskDefinition } = await repeated(() =>
    field.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn })),
  );
  const image = taskDefinition?.containerDefinitions?.[0]?.image ?? "";
  return {
    arn,
    taskDefinition,
    digest: image.includes("@") ? image.split("@")[1] : await digestOf(field, image),
    isMoving: service?.currentServiceDeployment !== undefined && (service.deployments?.length ?? 0) > 1,
    desired: service?.desiredCount ?? 0,
    running: service?.runningCount ?? 0,
  };
}

async function digestOf(field: Field, image: string): Promise<string | undefined> {
  const [, repository, tag] = /\/([^/:]+):(.+)$/.exec(image) ?? [];
  if (!repository || !tag) return undefined;
  const answer = await repeated(() =>
    field.ecr.send(new DescribeImagesCommand({ repositoryName: repository, imageIds: [{ imageTag: tag }] })),
  );
  return answer.imageDetails?.[0]?.imageDigest;
}

/** `aws ecs update-service` with another image, past the portal. Answers the ARN that it brings. */
export async function updateOutside(field: Field, place: Place, version: string): Promise<string> {
  const { taskDefinition } = await ecsTruth(field, place);
  if (!taskDefinition) throw new Error("ECS knows no task definition of the service.");
  const {
    family,
    containerDefinitions = [],
    networkMode,
    requiresCompatibilities,
    cpu,
    memory,
    executionRoleArn,
    taskRoleArn,
  } = taskDefinition;
  const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${place.service}:${version}`;
  const registered = await repeated(() =>
    field.ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode,
        requiresCompatibilities,
        cpu,
        memory,
        executionRoleArn,
        taskRoleArn,
        containerDefinitions: containerDefinitions.map((one) => ({ ...one, image })),
      }),
    ),
  );
  const arn = registered.taskDefinition?.taskDefinitionArn ?? "";
  await repeated(() =>
    field.ecs.send(
      new UpdateServiceCommand({ cluster: clusterOf(place), service: place.service, taskDefinition: arn }),
    ),
  );
  return arn;
}
