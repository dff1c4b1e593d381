import type { CommandContext } from "../core/command.ts";
import type { Prisma } from "../db/generated/client.ts";

/** Ends the open elevations that match, and records each. They still have to be reviewed. */
export async function endElevations(
  ctx: CommandContext,
  which: Prisma.ElevationWhereInput,
  reason?: string,
): Promise<number> {
  const now = ctx.now();
  const open = await ctx.tx.elevation.findMany({ where: { ...which, endedAt: null, expiresAt: { gt: now } } });
  for (const { id } of open) {
    // Guarded: somebody else may have ended it since.
    const { count } = await ctx.tx.elevation.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } });
    if (count > 0) ctx.record({ action: "elevation.end", topic: "teams", subject: { kind: "elevation", id }, reason });
  }
  return open.length;
}
