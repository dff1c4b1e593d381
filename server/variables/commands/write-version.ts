import { actorRef } from "../../core/actor.ts";
import type { CommandContext } from "../../core/command.ts";
import { newId } from "../../core/ids.ts";
import type { ConfigVersion } from "../../db/generated/client.ts";
import { contentHash, diff } from "../rules.ts";
import type { SavedDto, VariableDto } from "../schema.ts";
import { versionDtosOf } from "../queries/history.ts";
import { entriesOf, newestVersion, type Place } from "../queries/versions.ts";
import { refuseStale } from "./refuse.ts";

type Written = {
  place: Place;
  expectedNumber: number;
  entries: VariableDto[];
  reason: string;
  /** What the audit log calls it. */
  action: string;
  revertOf?: number;
};

/** Two people who save at once come one after the other: numbers have no gaps, and the second is told. */
async function lockVersions({ tx }: CommandContext, { service }: Place): Promise<void> {
  await tx.$queryRaw`select id from services where id = ${service.id} for no key update`;
}

/** The newest version and its variables, from now on not changed by anybody else. */
async function lockedNewest(
  ctx: CommandContext,
  place: Place,
): Promise<{ newest: ConfigVersion | null; entries: VariableDto[] }> {
  await lockVersions(ctx, place);
  const newest = await newestVersion(ctx.tx, place);
  return { newest, entries: await entriesOf(ctx.tx, newest?.id) };
}

async function insert(
  ctx: CommandContext,
  { place, entries, reason, revertOf }: Written,
  number: number,
): Promise<ConfigVersion> {
  const { service, environment } = place;
  const version = await ctx.tx.configVersion.create({
    data: {
      id: newId("configVersion"),
      serviceId: service.id,
      environmentId: environment.id,
      number,
      reason,
      revertOf: revertOf ?? null,
      contentHash: contentHash(entries),
      createdBy: actorRef(ctx.actor),
      createdAt: ctx.now(),
    },
  });
  await ctx.tx.variable.createMany({ data: entries.map((one) => ({ configVersionId: version.id, ...one })) });
  return version;
}

/**
 * Makes the next version of a place. Throws `conflict` when `expectedNumber` is not the newest; changes nothing when
 * the content is the newest version's already. Audit log and timeline get names, never values.
 */
export async function writeVersion(ctx: CommandContext, written: Written): Promise<SavedDto & { id: string }> {
  const { place, expectedNumber, entries, reason, action, revertOf } = written;
  const { newest, entries: before } = await lockedNewest(ctx, place);
  refuseStale(expectedNumber, newest);
  if (newest && newest.contentHash === contentHash(entries)) {
    ctx.unchanged();
    return saved(ctx, newest, { unchanged: true, differences: [] });
  }
  const version = await insert(ctx, written, (newest?.number ?? 0) + 1);
  const differences = diff(before, entries);
  const named = (change: string) => differences.filter((one) => one.change === change).map((one) => one.name);
  ctx.record({
    action,
    topic: "variables",
    subject: { kind: "config_version", id: version.id },
    serviceId: place.service.id,
    environmentId: place.environment.id,
    reason,
    changes: {
      number: version.number,
      ...(revertOf === undefined ? {} : { revertOf }),
      added: named("added"),
      changed: named("changed"),
      removed: named("removed"),
    },
  });
  return saved(ctx, version, { unchanged: false, differences });
}

async function saved(ctx: CommandContext, row: ConfigVersion, rest: Pick<SavedDto, "unchanged" | "differences">) {
  const [version] = await versionDtosOf(ctx.tx, [row]);
  if (!version) throw new Error(`${row.id} has no DTO`);
  return { id: row.id, version, ...rest, deployment: null };
}
