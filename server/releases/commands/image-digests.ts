import { RuntimeFailure, type Ports, type TaskDefinition } from "../../deployments/ports.ts";
import { parseImage } from "../rules.ts";

/** Digests of a task definition's images by container; those that no registry tells are left out. */
export async function imageDigests(
  { registry }: Pick<Ports, "registry">,
  definition: TaskDefinition,
  region: string,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { name, image } of definition.containerDefinitions) {
    const digest =
      parseImage(image).digest ??
      (await registry.digest(image, region).catch((error: unknown) => {
        // An image that is not in ECR, or that the portal may not see, is adopted by its tag.
        if (!(error instanceof RuntimeFailure) || error.retryable) throw error;
        return undefined;
      }));
    if (digest) digests.set(name, digest);
  }
  return digests;
}
