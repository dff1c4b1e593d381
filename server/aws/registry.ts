import { DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { RuntimeFailure, type Registry } from "../deployments/ports.ts";
import type { ClientSource } from "./clients.ts";
import { awsCall } from "./failure.ts";

const operation = "ecr:DescribeImages";

const ecrImage =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<repository>[^:@]+)(?::(?<tag>[^@]+))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Parts of an image in ECR; undefined for one elsewhere. */
export function ecrImageOf(image: string) {
  const { account, region, repository, tag, digest } = ecrImage.exec(image)?.groups ?? {};
  return account && region && repository ? { account, region, repository, tag, digest } : undefined;
}

/** Image tags and digests in ECR, of any account whose repository policy lets the portal look. */
export function ecrRegistry(clients: ClientSource): Registry {
  return {
    async digest(image) {
      const found = ecrImageOf(image);
      if (!found) {
        const message = `Only images in ECR can be looked up, and ${image} is elsewhere. Pass its digest with the release.`;
        throw new RuntimeFailure("refused", operation, message);
      }
      const { account, region, repository, tag, digest } = found;
      const { ecr } = await clients.ofAccount({ accountId: account, region });
      const command = new DescribeImagesCommand({
        registryId: account,
        repositoryName: repository,
        imageIds: [digest ? { imageDigest: digest } : { imageTag: tag ?? "latest" }],
      });
      try {
        const answer = await awsCall({ operation, resource: `the image ${image}` }, (options) =>
          ecr.send(command, options),
        );
        return answer.imageDetails?.[0]?.imageDigest;
      } catch (error) {
        if (error instanceof RuntimeFailure && error.kind === "not_found") return undefined;
        throw error;
      }
    },
  };
}
