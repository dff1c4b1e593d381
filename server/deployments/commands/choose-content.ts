import type { CommandContext } from "../../core/command.ts";
import { AppError } from "../../core/errors.ts";
import type { Release, Service, Target } from "../../db/generated/client.ts";
import { findReleaseOf } from "../../releases/queries.ts";
import { findVersion, newestVersion, type Place } from "../../variables/queries/versions.ts";

/** Config version that a deployment brings: the one asked for, else the newest; null before the first. */
export async function chooseConfigVersion(
  ctx: CommandContext,
  place: Place,
  number: number | undefined,
): Promise<string | null> {
  if (number !== undefined) return (await findVersion(ctx.tx, place, number)).id;
  return (await newestVersion(ctx.tx, place))?.id ?? null;
}

/**
 * What a rollback brings: the variables that run now, since they were changed for reasons of their own, unless another
 * version is asked for (docs/decisions: variables stay when a release is rolled back).
 */
export async function keptConfigVersion(
  ctx: CommandContext,
  place: Place,
  { targets, number }: { targets: Target[]; number: number | undefined },
): Promise<string | null> {
  return number === undefined ? (targets[0]?.configVersionId ?? null) : (await findVersion(ctx.tx, place, number)).id;
}

/** The release asked for, or the one that runs: then only variables change. */
export async function chooseRelease(
  ctx: CommandContext,
  { service, targets, version }: { service: Service; targets: Target[]; version: string | undefined },
): Promise<{ release: Release; kind: "deploy" | "config" }> {
  if (version !== undefined) return { release: await findReleaseOf(ctx.tx, service, version), kind: "deploy" };
  return { release: await runningRelease(ctx, service, targets), kind: "config" };
}

/** The release that all of the targets run; throws `precondition` when that is not one. */
export async function runningRelease(
  ctx: CommandContext,
  service: Pick<Service, "slug">,
  targets: Target[],
): Promise<Release> {
  const [releaseId, ...others] = [...new Set(targets.map((target) => target.releaseId))];
  if (releaseId && others.length === 0) return ctx.tx.release.findUniqueOrThrow({ where: { id: releaseId } });
  const what =
    others.length > 0
      ? `The targets of ${service.slug} run different releases here`
      : `It is not known which release of ${service.slug} runs here`;
  const message = `${what}. Name the version to deploy.`;
  throw new AppError("precondition", message, { reason: "no_release", fields: { version: message } });
}
