import type { DescribeImagesRequest, DescribeRepositoriesRequest, ListImagesRequest } from "@aws-sdk/client-ecr";
import { AwsError } from "../../contract.ts";
import type { Caller, Image, Registry, ServiceDefinition } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { bind } from "../bind.ts";
import { pageOf } from "../page.ts";
import { createImages } from "./images.ts";
import type { Images } from "./images.ts";
import { createRegistry } from "./registry.ts";

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 100;

const refuse = (message: string) => new AwsError("InvalidParameterException", message);

/** Repositories exist in every region of the registry's account. */
function repositoriesOf(images: Images, caller: Caller, registryId: string | undefined): string[] {
  return (registryId ?? caller.accountId) === images.accountId() ? images.repositories().map(([name]) => name) : [];
}

function assertRepository(
  images: Images,
  caller: Caller,
  asked: { registryId?: string | undefined; repositoryName?: string | undefined },
): string {
  const name = asked.repositoryName ?? "";
  if (repositoriesOf(images, caller, asked.registryId).includes(name)) return name;
  throw new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${name}' does not exist in the registry with id '${asked.registryId ?? caller.accountId}'`,
  );
}

function describeRepositories(images: Images, input: DescribeRepositoriesRequest, caller: Caller) {
  const names = input.repositoryNames?.map((repositoryName) =>
    assertRepository(images, caller, { ...input, repositoryName }),
  );
  const all = names ?? repositoriesOf(images, caller, input.registryId);
  const { items, next } = pageOf(all, {
    token: input.nextToken,
    size: input.maxResults ?? DEFAULT_PAGE,
    largest: LARGEST_PAGE,
    refuse,
  });
  const host = `${images.accountId()}.dkr.ecr.${caller.region}.amazonaws.com`;
  return {
    repositories: items.map((name) => ({
      repositoryArn: `arn:aws:ecr:${caller.region}:${images.accountId()}:repository/${name}`,
      registryId: images.accountId(),
      repositoryName: name,
      repositoryUri: `${host}/${name}`,
      createdAt: images.pushedAt(name),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: "AES256" },
    })),
    nextToken: next,
  };
}

/** Known tags: those that the registry file lists, and those that were asked for before. */
function imagesIn(images: Images, repository: string): Image[] {
  return images.tags(repository).flatMap((tag) => images.byTag(repository, tag) ?? []);
}

function describeImages(images: Images, input: DescribeImagesRequest, caller: Caller) {
  const repository = assertRepository(images, caller, input);
  const { imageIds } = input;
  if (imageIds && (imageIds.length === 0 || imageIds.length > 100))
    throw refuse("Invalid parameter at 'imageIds': between 1 and 100 images");
  const found = imageIds?.map(({ imageDigest, imageTag }) => {
    const image =
      imageDigest === undefined ? images.byTag(repository, imageTag ?? "") : images.byDigest(repository, imageDigest);
    if (image && (imageTag === undefined || imageTag === image.tag)) return image;
    throw new AwsError(
      "ImageNotFoundException",
      `The image with imageId {imageDigest:'${imageDigest ?? "null"}', imageTag:'${imageTag ?? "null"}'} does not exist ` +
        `within the repository with name '${repository}' in the registry with id '${images.accountId()}'`,
    );
  });
  const all = found ?? (input.filter?.tagStatus === "UNTAGGED" ? [] : imagesIn(images, repository));
  const page = { token: input.nextToken, size: input.maxResults ?? DEFAULT_PAGE, largest: LARGEST_PAGE, refuse };
  const { items, next } = pageOf(all, page);
  return {
    imageDetails: items.map((image) => ({
      registryId: images.accountId(),
      repositoryName: repository,
      imageDigest: image.digest,
      imageTags: [image.tag],
      imageSizeInBytes: images.sizeInBytes(repository),
      imagePushedAt: images.pushedAt(repository),
      imageManifestMediaType: "application/vnd.docker.distribution.manifest.v2+json",
      artifactMediaType: "application/vnd.docker.container.image.v1+json",
    })),
    nextToken: next,
  };
}

function listImages(images: Images, input: ListImagesRequest, caller: Caller) {
  const repository = assertRepository(images, caller, input);
  const all = input.filter?.tagStatus === "UNTAGGED" ? [] : imagesIn(images, repository);
  const page = { token: input.nextToken, size: input.maxResults ?? DEFAULT_PAGE, largest: LARGEST_PAGE, refuse };
  const { items, next } = pageOf(all, page);
  return { imageIds: items.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })), nextToken: next };
}

/** ECR, read only: images are what the registry file says. */
export function createEcr(core: Core): { service: ServiceDefinition; registry: Registry } {
  const images = createImages(core.options, core.store);
  return {
    service: {
      name: "ecr",
      protocol: "json-1.1",
      target: "AmazonEC2ContainerRegistry_V20150921",
      actions: bind(images, { describeRepositories, describeImages, listImages }),
    },
    registry: createRegistry(images),
  };
}
