import { actorRef } from "../../core/actor.ts";
import { command, type CommandContext } from "../../core/command.ts";
import type { Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { Service } from "../../db/generated/client.ts";
import { findService } from "../../services/queries.ts";
import { releaseDtoOf } from "../queries.ts";
import { contentDifferences, contentHash, mayPostRelease, type ReleaseContent } from "../rules.ts";
import { createReleaseInput } from "../schema.ts";
import { resolveArtefacts } from "./resolve-artefacts.ts";

async function assertMayPost(ctx: Ctx, service: Service): Promise<void> {
  const environments = await ctx.db.environment.findMany({ select: { id: true, kind: true } });
  const permit = mayPostRelease(ctx.actor, { service, environments, now: ctx.now() });
  if (permit !== true)
    throw new AppError("forbidden", permit, { reason: "missing_permission", permission: "releases:write" });
}

/** The release that has the version already: the caller's own post repeated, or a conflict that names what differs. */
async function existingRelease(
  ctx: CommandContext,
  service: Service,
  { version, content }: { version: string; content: ReleaseContent },
) {
  const existing = await ctx.tx.release.findUniqueOrThrow({
    where: { serviceId_version: { serviceId: service.id, version } },
    include: { artefacts: true },
  });
  if (existing.contentHash !== contentHash(content)) {
    const differs = contentDifferences(existing, content);
    const message = `${service.slug} ${version} exists with other content: ${differs.join(", ")}. A release never changes: post another version.`;
    throw new AppError("conflict", message, { reason: "release_differs", release: existing.id, differs });
  }
  ctx.unchanged();
  return releaseDtoOf(ctx.tx, existing.id);
}

/** Posting a release again changes nothing and answers with the first, so that CI may repeat itself. */
export const createRelease = command({
  name: "createRelease",
  permission: "releases:write",
  input: createReleaseInput,
  async prepare(ctx, input) {
    const service = await findService(ctx.db, input.service);
    await assertMayPost(ctx, service);
    const { commit = null, branch = null, repository = null, description } = input;
    const artefacts = await resolveArtefacts(ctx, service, input);
    return { service, content: { commit, branch, repository, description, artefacts } };
  },
  async run(ctx, { version }, { service, content }) {
    const id = newId("release");
    const { artefacts, ...build } = content;
    const { count } = await ctx.tx.release.createMany({
      data: {
        id,
        serviceId: service.id,
        version,
        ...build,
        contentHash: contentHash(content),
        createdAt: ctx.now(),
        createdBy: actorRef(ctx.actor),
      },
      skipDuplicates: true,
    });
    if (count === 0) return existingRelease(ctx, service, { version, content });
    await ctx.tx.artefact.createMany({ data: artefacts.map((artefact) => ({ releaseId: id, ...artefact })) });
    ctx.record({
      action: "release.create",
      topic: "releases",
      subject: { kind: "release", id },
      serviceId: service.id,
      changes: { version, ...content },
    });
    return releaseDtoOf(ctx.tx, id);
  },
});
