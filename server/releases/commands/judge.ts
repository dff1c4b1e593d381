import { actorRef } from "../../core/actor.ts";
import { command } from "../../core/command.ts";
import { assertCan } from "../../core/context.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findRelease, releaseDtoOf } from "../queries.ts";
import { judgeReleaseInput } from "../schema.ts";

/** Says whether a release works in an environment, and whether it is kept from being deployed there. */
export const judgeRelease = command({
  name: "judgeRelease",
  permission: "verdicts:write",
  input: judgeReleaseInput,
  async run(ctx, { release: releaseId, environment: reference, ...judged }) {
    const release = await findRelease(ctx.tx, releaseId);
    const environment = await findEnvironment(ctx.tx, reference);
    const service = await ctx.tx.service.findUniqueOrThrow({ where: { id: release.serviceId } });
    assertCan(ctx, "verdicts:write", { service, environment });
    const key = { releaseId: release.id, environmentId: environment.id };
    const before = await ctx.tx.verdict.findUnique({ where: { releaseId_environmentId: key } });
    const { verdict, reason, held } = judged;
    if (before?.verdict === verdict && before.reason === reason && before.held === held) {
      ctx.unchanged();
      return releaseDtoOf(ctx.tx, release.id);
    }
    const written = { ...judged, at: ctx.now(), by: actorRef(ctx.actor) };
    await ctx.tx.verdict.upsert({
      where: { releaseId_environmentId: key },
      create: { ...key, ...written },
      update: written,
    });
    ctx.record({
      action: "release.judge",
      topic: "releases",
      subject: { kind: "release", id: release.id },
      serviceId: service.id,
      environmentId: environment.id,
      reason,
      changes: { before: before && { verdict: before.verdict, held: before.held }, after: { verdict, held } },
    });
    return releaseDtoOf(ctx.tx, release.id);
  },
});
