import { outsideRef } from "../../core/actor-names.ts";
import type { Ctx } from "../../core/context.ts";
import { newId } from "../../core/ids.ts";
import type { Recorded } from "../../core/record.ts";
import type { Tx } from "../../db/client.ts";
import { contentHash, parseImage } from "../../releases/rules.ts";
import { version as versionSchema } from "../../releases/schema.ts";
import { shortArn, type RegisteredTaskDefinition } from "../ports.ts";

type About = {
  target: { id: string; serviceId: string };
  brought: RegisteredTaskDefinition;
  /** Digest per container, where it is known. */
  digests: Map<string, string>;
};

type ReleaseFound = { id: string; version: string; recorded: Recorded[] };

/** The release that a deployment of the portal registered the task definition for. */
async function registeredFor(tx: Tx, { target, brought }: About) {
  const run = await tx.deploymentTarget.findFirst({
    where: {
      targetId: target.id,
      OR: [{ taskDefinitionArn: brought.arn }, { rollbackTaskDefinitionArn: brought.arn }],
    },
    orderBy: { id: "desc" },
    include: { deployment: { include: { release: true, fromRelease: true } } },
  });
  if (!run) return undefined;
  return run.taskDefinitionArn === brought.arn ? run.deployment.release : (run.deployment.fromRelease ?? undefined);
}

/** The newest release of the service all of whose images run, by digest; what was posted before what was adopted. */
async function withDigests(tx: Tx, { target, digests }: About) {
  const releases = await tx.release.findMany({
    where: { serviceId: target.serviceId, artefacts: { some: { digest: { in: [...digests.values()] } } } },
    include: { artefacts: true },
    orderBy: [{ source: "desc" }, { id: "desc" }],
  });
  return releases.find(({ artefacts }) => artefacts.every((one) => digests.get(one.container) === one.digest));
}

/** A label that says where it comes from: the tag of its images when they share one that is free, else the revision. */
async function labelFor(tx: Tx, { target, brought }: About): Promise<string> {
  const tags = new Set(brought.definition.containerDefinitions.map(({ image }) => parseImage(image).tag));
  const [tag] = tags;
  const revision = brought.arn.slice(brought.arn.lastIndexOf(":") + 1);
  const isUsable = tags.size === 1 && tag && versionSchema.safeParse(tag).success;
  for (const label of [...(isUsable ? [tag] : []), `outside-${revision}`]) {
    const taken = await tx.release.count({ where: { serviceId: target.serviceId, version: label } });
    if (taken === 0) return label;
  }
  return `outside-${revision}-${newId("release").slice(-8)}`;
}

/**
 * The release that a task definition stands for: the one that the portal registered it for, else one with the same
 * images, else a new one that is kept as adopted, since nobody had posted it.
 */
export async function releaseFound(tx: Tx, ctx: Ctx, about: About): Promise<ReleaseFound> {
  const known = (await registeredFor(tx, about)) ?? (await withDigests(tx, about));
  if (known) return { id: known.id, version: known.version, recorded: [] };
  const { target, brought, digests } = about;
  const artefacts = brought.definition.containerDefinitions.map(({ name, image }) => {
    const { repository, tag } = parseImage(image);
    return { container: name, image: repository, tag, digest: digests.get(name) ?? "" };
  });
  const description = `Found running: ${shortArn(brought.arn)} was registered outside the portal.`;
  const content = { commit: null, branch: null, repository: null, description, artefacts };
  const [id, version] = [newId("release"), await labelFor(tx, about)];
  await tx.release.create({
    data: {
      id,
      serviceId: target.serviceId,
      version,
      description,
      source: "adopted",
      contentHash: contentHash(content),
      createdAt: ctx.now(),
      createdBy: outsideRef,
      artefacts: { createMany: { data: artefacts } },
    },
  });
  const entry: Recorded = {
    action: "release.adopt",
    topic: "releases",
    subject: { kind: "release", id },
    serviceId: target.serviceId,
    changes: { version, artefacts },
  };
  return { id, version, recorded: [entry] };
}
