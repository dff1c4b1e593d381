import { command } from "../../core/command.ts";
import { assertCan, portsOf, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { throwUpstream, type ContainerDefinition, type Placement } from "../../deployments/ports.ts";
import { everyContainer, takeOverInput, variableInput, type VariableDto } from "../schema.ts";
import { findPlace, type Place } from "../queries/versions.ts";
import { refuseImpossible } from "./refuse.ts";
import { ownContainers, runningContainers } from "./unmanaged.ts";
import { writeVersion } from "./write-version.ts";

type Found = { place: Place; entries: VariableDto[]; targetId: string; taskDefinitionArn: string };

async function secretEntry(
  ctx: Ctx,
  placement: Placement,
  { name, valueFrom }: { name: string; valueFrom: string },
  container: string,
): Promise<VariableDto> {
  const answer = await portsOf(ctx).runtime.describeSecret(placement, valueFrom).catch(throwUpstream);
  if (typeof answer === "string") {
    throw new AppError("precondition", `${name} cannot be taken over: ${answer}`, { reason: "secret_not_found" });
  }
  return { container, name, value: null, secret: answer.arn, secretKey: answer.key, secretVersion: answer.pinned };
}

/** The variables of one container exactly as they are, so that the first version is what runs. */
async function entriesOfContainer(
  ctx: Ctx,
  placement: Placement,
  one: ContainerDefinition,
  container: string,
): Promise<VariableDto[]> {
  const none = { secret: null, secretKey: null, secretVersion: null };
  const entries: VariableDto[] = (one.environment ?? []).map(({ name, value }) => ({
    container,
    name,
    value,
    ...none,
  }));
  for (const reference of one.secrets ?? []) entries.push(await secretEntry(ctx, placement, reference, container));
  for (const entry of entries) {
    const { success, error } = variableInput.safeParse(entry);
    if (success) continue;
    const message = `${entry.name} cannot be taken over: ${error.issues[0]?.message ?? "it is not a variable"}.`;
    throw new AppError("precondition", message, { reason: "not_a_variable", name: entry.name });
  }
  return entries;
}

/** Makes the first version of what the running task definition has, reference by reference and value by value. */
export const takeOverVariables = command({
  name: "takeOverVariables",
  permission: "variables:write",
  input: takeOverInput,
  async prepare(ctx, input): Promise<Found> {
    const place = await findPlace(ctx.db, input);
    assertCan(ctx, "variables:write", place);
    const running = await runningContainers(ctx, place).catch(throwUpstream);
    if (!running)
      throw new AppError("precondition", `${place.service.slug} has no target in ${place.environment.slug}.`, {
        reason: "no_target",
      });
    const own = await ownContainers(ctx, place, running.containers);
    const entries: VariableDto[] = [];
    for (const one of running.containers.filter(({ name }) => own.has(name))) {
      const container = own.size === 1 ? everyContainer : one.name;
      entries.push(...(await entriesOfContainer(ctx, running.placement, one, container)));
    }
    refuseImpossible(entries);
    return { place, entries, targetId: running.placement.id, taskDefinitionArn: running.taskDefinitionArn };
  },
  async run(ctx, input, { place, entries, targetId }) {
    const reason = input.reason || "Taken over from the task definition that runs.";
    const saved = await writeVersion(ctx, { place, expectedNumber: 0, entries, reason, action: "variables.take_over" });
    // It is what this target runs, to the letter; another target of the place may run something else.
    await ctx.tx.target.updateMany({
      where: { id: targetId, configVersionId: null },
      data: { configVersionId: saved.id },
    });
    return saved;
  },
});
