import type { ListImagesCommandInput, ListImagesCommandOutput } from "@aws-sdk/client-ecr";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import type { Images } from "../images.ts";
import { page } from "../paging.ts";
import { imagesIn, requireRepository } from "../repositories.ts";

/** Digests and tags of a repository. */
export function listImages(
  images: Images,
  input: ListImagesCommandInput,
  caller: Caller,
): Answer<ListImagesCommandOutput> {
  const repository = requireRepository(images, caller, input);
  const { items, next } = page(imagesIn(images, repository, input.filter?.tagStatus), input);
  return { imageIds: items.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })), nextToken: next };
}
