import { AppError } from "../core/errors.ts";
import { parseImage } from "../releases/rules.ts";
import type { RenderedConfig } from "../variables/queries/rendered.ts";
import { everyContainer, type VariableDto } from "../variables/schema.ts";
import type { ContainerDefinition, TaskDefinition } from "./ports.ts";

/** Which image a container gets. */
export type ContainerImage = { container: string; image: string; digest: string };

/**
 * The reference that a deployment registers: by digest, because a tag may come to mean something else. An image that was
 * adopted where no registry tells its digest has only its tag.
 */
export function pinned({ image, digest }: Pick<ContainerImage, "image" | "digest">): string {
  return digest ? `${parseImage(image).repository}@${digest}` : image;
}

/** Containers that artefacts name and the task definition does not have. */
export function missingContainers(base: TaskDefinition, artefacts: readonly ContainerImage[]): string[] {
  const names = new Set(base.containerDefinitions.map((one) => one.name));
  return artefacts.map((one) => one.container).filter((name) => !names.has(name));
}

/** Containers that variables name and the task definition does not have. */
export function unknownContainers(base: TaskDefinition, config: RenderedConfig | null): string[] {
  const names = new Set([everyContainer, ...base.containerDefinitions.map((one) => one.name)]);
  return [...new Set(config?.entries.map((one) => one.container))].filter((name) => !names.has(name));
}

/**
 * The reference of a secret as ECS reads it: `arn:json-key:stage:version-id` for Secrets Manager, `arn:version` for a
 * parameter. By ARN, since a name means another parameter in another region.
 */
export function valueFromOf({
  secret,
  secretKey,
  secretVersion,
}: Pick<VariableDto, "secret" | "secretKey" | "secretVersion">): string {
  const reference = secret ?? "";
  if (!/^arn:[^:]*:secretsmanager:/.test(reference))
    return secretVersion === null ? reference : `${reference}:${secretVersion}`;
  if (secretKey === null && secretVersion === null) return reference;
  return `${reference}:${secretKey ?? ""}::${secretVersion ?? ""}`;
}

/** A container's own variable wins over the one of the same name for every container. */
function entriesFor(container: string, config: RenderedConfig, isReleased: boolean): VariableDto[] {
  const shared = isReleased ? config.entries.filter((one) => one.container === everyContainer) : [];
  const own = config.entries.filter((one) => one.container === container);
  return [...new Map([...shared, ...own].map((one) => [one.name, one])).values()];
}

/**
 * A container with the variables of the config version and no others: what was taken out since is gone. A side car
 * that no release brings and no config version ever named keeps what it has.
 */
function withVariables(
  one: ContainerDefinition,
  config: RenderedConfig | null,
  isReleased: boolean,
): ContainerDefinition {
  if (!config || !(isReleased || config.containers.includes(one.name))) return one;
  const { environment: _environment, secrets: _secrets, ...rest } = one;
  const entries = entriesFor(one.name, config, isReleased);
  const plain = entries.filter((entry) => entry.secret === null);
  const secret = entries.filter((entry) => entry.secret !== null);
  return {
    ...(rest as ContainerDefinition),
    environment: plain.map(({ name, value }) => ({ name, value: value ?? "" })),
    ...(secret.length > 0
      ? { secrets: secret.map((entry) => ({ name: entry.name, valueFrom: valueFromOf(entry) })) }
      : {}),
  };
}

/**
 * The task definition with the artefacts' images by digest and the variables of the config version; everything else
 * stays as it is. Without a config version the variables of the base stay, too.
 */
export function renderTaskDefinition(
  base: TaskDefinition,
  artefacts: readonly ContainerImage[],
  config: RenderedConfig | null = null,
): TaskDefinition {
  const missing = [...missingContainers(base, artefacts), ...unknownContainers(base, config)];
  if (missing.length > 0) {
    const message = `The task definition ${base.family} has no container ${missing.join(", ")}.`;
    throw new AppError("conflict", message, { reason: "container_missing", containers: missing });
  }
  const images = new Map(artefacts.map((one) => [one.container, pinned(one)]));
  return {
    ...structuredClone(base),
    containerDefinitions: base.containerDefinitions.map((one) =>
      withVariables(
        { ...structuredClone(one), image: images.get(one.name) ?? one.image },
        config,
        images.has(one.name),
      ),
    ),
  };
}

/** The same, or the base itself when it cannot be made: for gates that look on although another one fails. */
export function renderedOrBase(
  base: TaskDefinition,
  artefacts: readonly ContainerImage[],
  config: RenderedConfig | null,
): TaskDefinition {
  const isImpossible = missingContainers(base, artefacts).length + unknownContainers(base, config).length > 0;
  return isImpossible ? base : renderTaskDefinition(base, artefacts, config);
}
