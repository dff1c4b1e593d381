import { command, type CommandContext } from "../../core/command.ts";
import { assertCan, type Ctx } from "../../core/context.ts";
import { patched } from "../rules.ts";
import { patchInput, saveInput, type VariableDto } from "../schema.ts";
import { entriesOf, findPlace, newestVersion, type Place } from "../queries/versions.ts";
import { pinSecrets } from "./pin-secrets.ts";
import { refuseImpossible, refuseStale, refuseUnconfirmed, warningsOf } from "./refuse.ts";
import { droppedWarnings } from "./unmanaged.ts";
import { writeVersion } from "./write-version.ts";

type Found = { place: Place; before: VariableDto[] };

/** Where it is about and what is there; throws unless the actor may, and when the caller's page is old. */
async function startingPoint(
  ctx: Ctx,
  input: { service: string; environment: string; expectedNumber: number },
): Promise<Found> {
  const place = await findPlace(ctx.db, input);
  assertCan(ctx, "variables:write", place);
  const newest = await newestVersion(ctx.db, place);
  refuseStale(input.expectedNumber, newest);
  return { place, before: await entriesOf(ctx.db, newest?.id) };
}

type Asked = { expectedNumber: number; reason: string; confirmed: boolean };
type Prepared = { place: Place; before: VariableDto[]; entries: VariableDto[] };

async function checked(
  ctx: Ctx,
  { place, before, entries }: Prepared,
  { confirmed, expectedNumber }: Asked,
): Promise<Prepared> {
  refuseImpossible(entries);
  const dropped = expectedNumber === 0 && !confirmed ? await droppedWarnings(ctx, place, entries) : [];
  refuseUnconfirmed([...warningsOf(before, entries), ...dropped], confirmed);
  return { place, before, entries };
}

const written = (ctx: CommandContext, { place, entries }: Prepared, { expectedNumber, reason }: Asked) =>
  writeVersion(ctx, { place, expectedNumber, entries, reason, action: "variables.save" });

/** Saves the whole set as a new version. 409 when somebody saved meanwhile, 412 with warnings to confirm. */
export const saveVariables = command({
  name: "saveVariables",
  permission: "variables:write",
  input: saveInput,
  async prepare(ctx, input) {
    const { place, before } = await startingPoint(ctx, input);
    return checked(ctx, { place, before, entries: await pinSecrets(ctx, place, input.entries, before) }, input);
  },
  run: (ctx, input, prepared) => written(ctx, prepared, input),
});

/** Sets and takes away single variables, as a new version. */
export const patchVariables = command({
  name: "patchVariables",
  permission: "variables:write",
  input: patchInput,
  async prepare(ctx, input) {
    const { place, before } = await startingPoint(ctx, input);
    const set = await pinSecrets(ctx, place, input.set, before);
    refuseImpossible(set);
    return checked(ctx, { place, before, entries: patched(before, { set, unset: input.unset }) }, input);
  },
  run: (ctx, input, prepared) => written(ctx, prepared, input),
});
