import type { DescribeImagesCommandInput, DescribeImagesCommandOutput, ImageIdentifier } from "@aws-sdk/client-ecr";
import { AwsError } from "../../../contract.ts";
import type { Caller, Image } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalidParameter } from "../errors.ts";
import type { Images } from "../images.ts";
import { page, refusePaging } from "../paging.ts";
import { imagesIn, requireRepository } from "../repositories.ts";

const MOST = 100;

/** Images by tag or digest, or all of a repository. One that does not exist refuses the call. */
export function describeImages(
  images: Images,
  input: DescribeImagesCommandInput,
  caller: Caller,
): Answer<DescribeImagesCommandOutput> {
  const repository = requireRepository(images, caller, input);
  const { imageIds } = input;
  if (imageIds && (imageIds.length === 0 || imageIds.length > MOST))
    throw invalidParameter(`Invalid parameter at 'imageIds': between 1 and ${MOST} images`);
  if (imageIds) refusePaging(input, "imageIds");
  const named = imageIds?.map((id) => requireImage(images, repository, id));
  const { items, next } = page(named ?? imagesIn(images, repository, input.filter?.tagStatus), input);
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

function requireImage(
  images: Images,
  repository: string,
  { imageDigest: digest, imageTag: tag }: ImageIdentifier,
): Image {
  const image = digest === undefined ? images.byTag(repository, tag ?? "") : images.byDigest(repository, digest);
  if (image && (tag === undefined || tag === image.tag)) return image;
  throw new AwsError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${digest ?? "null"}', imageTag:'${tag ?? "null"}'} does not exist ` +
      `within the repository with name '${repository}' in the registry with id '${images.accountId()}'`,
  );
}
