import type { DescribeRepositoriesCommandInput, DescribeRepositoriesCommandOutput } from "@aws-sdk/client-ecr";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { arn } from "../../place.ts";
import type { Images } from "../images.ts";
import { page } from "../paging.ts";
import { repositoriesOf, requireRepository } from "../repositories.ts";

/** Repositories by name, or all of the registry. */
export function describeRepositories(
  images: Images,
  input: DescribeRepositoriesCommandInput,
  caller: Caller,
): Answer<DescribeRepositoriesCommandOutput> {
  const named = input.repositoryNames?.map((repositoryName) =>
    requireRepository(images, caller, { ...input, repositoryName }),
  );
  const { items, next } = page(named ?? repositoriesOf(images, caller, input.registryId), input);
  const registryId = images.accountId();
  return {
    repositories: items.map((name) => ({
      repositoryArn: arn("ecr", { accountId: registryId, region: caller.region }, `repository/${name}`),
      registryId,
      repositoryName: name,
      repositoryUri: `${registryId}.dkr.ecr.${caller.region}.amazonaws.com/${name}`,
      createdAt: images.pushedAt(name),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      encryptionConfiguration: { encryptionType: "AES256" },
    })),
    nextToken: next,
  };
}
