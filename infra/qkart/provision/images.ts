import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { Clients } from "./clients.ts";
import { present } from "./found.ts";

/** The reference of an image by digest, which never comes to mean another image. */
export async function imageByDigest(
  { ecr, region }: Clients,
  options: { accountId: string; repository: string; tag: string },
): Promise<string> {
  const { imageDetails = [] } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: options.repository, imageIds: [{ imageTag: options.tag }] }),
  );
  const digest = present(imageDetails[0]?.imageDigest, `the digest of ${options.repository}:${options.tag}`);
  return `${options.accountId}.dkr.ecr.${region}.amazonaws.com/${options.repository}@${digest}`;
}
