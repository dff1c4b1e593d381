import type { DescribeRepositoriesCommandInput, DescribeRepositoriesCommandOutput } from "@aws-sdk/client-ecr";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { arn } from "../../place.ts";
import { invalidParameter } from "../errors.ts";
import type { Images } from "../images.ts";
import { page, refusePaging } from "../paging.ts";
import { repositoriesOf, requireRepository } from "../repositories.ts";

const MOST = 100;

/** Repositories by name, or all of the registry. */
export function describeRepositories(
  images: Images,
  input: DescribeRepositoriesCommandInput,
  caller: Caller,
): Answer<DescribeRepositoriesCommandOutput> {
  const { repositoryNames: names } = input;
  if (names) refusePaging(input, "repositoryNames");
  if (names && (names.length === 0 || names.length > MOST))
    throw invalidParameter(`Invalid parameter at 'repositoryNames': between 1 and ${MOST} repositories`);
  const named = names?.map((repositoryName) => requireRepository(images, caller, { ...input, repositoryName }));
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
