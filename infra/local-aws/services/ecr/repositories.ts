import { AwsError } from "../../contract.ts";
import type { Caller, Image } from "../../contract.ts";
import type { Images } from "./images.ts";

/** Repositories exist in every region of the registry's account. */
export function repositoriesOf(images: Images, caller: Caller, registryId: string | undefined): string[] {
  return (registryId ?? caller.accountId) === images.accountId() ? images.repositories().map(([name]) => name) : [];
}

/** Name of a repository that exists. */
export function requireRepository(
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

/** Known tags: those that the registry file lists, and those that were asked for before. Every image has one. */
export function imagesIn(images: Images, repository: string, tagStatus: string | undefined): Image[] {
  if (tagStatus === "UNTAGGED") return [];
  return images.tags(repository).flatMap((tag) => images.byTag(repository, tag) ?? []);
}
