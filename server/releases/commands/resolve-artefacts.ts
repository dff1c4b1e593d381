import { config } from "../../core/config.ts";
import { portsOf, type Ctx } from "../../core/context.ts";
import { AppError, invalidField } from "../../core/errors.ts";
import type { Service } from "../../db/generated/client.ts";
import { RuntimeFailure, type Registry } from "../../deployments/ports.ts";
import { parseImage, regionOfImage } from "../rules.ts";
import type { ArtefactDto, CreateReleaseInput } from "../schema.ts";
import { containersOf } from "./containers-of.ts";

type Posted = { container: string; image: string; digest?: string | undefined };

/** Asks the registry for the digest of an image; `field` is what the caller named it by. */
async function digestOf(
  registry: Registry,
  { image, field, region }: { image: string; field: string; region: string },
): Promise<string> {
  const found = await registry.digest(image, region).catch((error: unknown) => {
    if (!(error instanceof RuntimeFailure)) throw error;
    throw new AppError(
      "upstream",
      `The registry could not be asked for ${image}: ${error.message}`,
      { reason: error.kind },
      { cause: error },
    );
  });
  if (!found) throw invalidField(field, `The registry has no image ${image}.`);
  return found;
}

async function resolve(ctx: Ctx, posted: Posted, fields: { image: string; digest: string }): Promise<ArtefactDto> {
  const { repository, tag, digest } = parseImage(posted.image);
  if (digest && posted.digest && digest !== posted.digest) {
    throw invalidField(fields.digest, "is another digest than the one in the image");
  }
  const known = digest ?? posted.digest;
  const region = regionOfImage(posted.image) ?? config().AWS_REGION;
  return {
    container: posted.container,
    image: repository,
    tag,
    digest: known ?? (await digestOf(portsOf(ctx).registry, { image: posted.image, field: fields.image, region })),
  };
}

/** What was posted as artefacts with digests, from either form of the request. */
export async function resolveArtefacts(ctx: Ctx, service: Service, input: CreateReleaseInput): Promise<ArtefactDto[]> {
  if (input.image !== undefined) {
    const containers = await containersOf(ctx, service);
    if (containers.length > 1) {
      const names = containers.join(", ");
      throw invalidField(
        "image",
        `${service.slug} has several containers (${names}): give artefacts, one image for each.`,
      );
    }
    const posted = { container: containers[0] ?? service.slug, image: input.image, digest: input.digest };
    return [await resolve(ctx, posted, { image: "image", digest: "digest" })];
  }
  const artefacts: ArtefactDto[] = [];
  for (const [index, posted] of (input.artefacts ?? []).entries()) {
    const field = `artefacts.${index}`;
    if (artefacts.some((one) => one.container === posted.container))
      throw invalidField(`${field}.container`, "is named twice");
    artefacts.push(await resolve(ctx, posted, { image: `${field}.image`, digest: `${field}.digest` }));
  }
  return artefacts;
}
