import { AppError } from "../core/errors.ts";
import type { TaskDefinition } from "./ports.ts";

/** Which image a container gets. */
export type ContainerImage = { container: string; image: string; digest: string };

/** `host/repository` of an image reference, without tag and digest. A port in the host is no tag. */
export function repositoryOf(image: string): string {
  const [name = ""] = image.split("@");
  const slash = name.lastIndexOf("/");
  const colon = name.lastIndexOf(":");
  return colon > slash ? name.slice(0, colon) : name;
}

/** The reference that a deployment registers: by digest, because a tag may come to mean something else. */
export function pinned({ image, digest }: Pick<ContainerImage, "image" | "digest">): string {
  return `${repositoryOf(image)}@${digest}`;
}

/** Containers that artefacts name and the task definition does not have. */
export function missingContainers(base: TaskDefinition, artefacts: readonly ContainerImage[]): string[] {
  const names = new Set(base.containerDefinitions.map((one) => one.name));
  return artefacts.map((one) => one.container).filter((name) => !names.has(name));
}

/** The task definition with the artefacts' images by digest; everything else stays as it is. */
export function renderTaskDefinition(base: TaskDefinition, artefacts: readonly ContainerImage[]): TaskDefinition {
  const missing = missingContainers(base, artefacts);
  if (missing.length > 0) {
    const message = `The task definition ${base.family} has no container ${missing.join(", ")}.`;
    throw new AppError("conflict", message, { reason: "container_missing", containers: missing });
  }
  const images = new Map(artefacts.map((one) => [one.container, pinned(one)]));
  return {
    ...structuredClone(base),
    containerDefinitions: base.containerDefinitions.map((one) => ({
      ...structuredClone(one),
      image: images.get(one.name) ?? one.image,
    })),
  };
}
