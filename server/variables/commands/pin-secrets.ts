import { portsOf, type Ctx } from "../../core/context.ts";
import { AppError } from "../../core/errors.ts";
import { valueFromOf } from "../../deployments/render.ts";
import { throwUpstream, type Placement } from "../../deployments/ports.ts";
import type { VariableDto, VariableInput } from "../schema.ts";
import { firstTarget, type Place } from "../queries/versions.ts";

const contentOf = ({ secret, secretKey }: Pick<VariableDto, "secret" | "secretKey">) => `${secret}\0${secretKey ?? ""}`;

/** Where the secrets of a place are looked up: beside its first target. */
async function placementOf(ctx: Ctx, place: Place): Promise<Placement> {
  const target = await firstTarget(ctx.db, place);
  if (target) return target;
  const { service, environment } = place;
  const message = `${service.slug} has no target in ${environment.slug}, so it is not known in which account its secrets are.`;
  throw new AppError("precondition", message, { reason: "no_target" });
}

/** A plain value as it is kept. */
const plain = ({ container, name, value }: VariableInput): VariableDto => ({
  container,
  name,
  value: value ?? "",
  secret: null,
  secretKey: null,
  secretVersion: null,
});

/**
 * The variables as they are kept: references by ARN, each pinned to the present version unless it names one itself or
 * follows the current one. What `known` has is not looked up again. Throws `invalid` for those that do not exist.
 */
export async function pinSecrets(
  ctx: Ctx,
  place: Place,
  given: VariableInput[],
  known: VariableDto[],
): Promise<VariableDto[]> {
  const kept = new Set(known.map((one) => `${contentOf(one)}\0${one.secretVersion}`));
  const isKnown = (one: VariableInput) =>
    one.secretVersion !== undefined &&
    kept.has(`${contentOf({ secret: one.secret ?? null, secretKey: one.secretKey ?? null })}\0${one.secretVersion}`);
  const toAsk = given.filter((one) => one.secret != null && !isKnown(one));
  const placement = toAsk.length > 0 ? await placementOf(ctx, place) : undefined;
  const pinned: VariableDto[] = [];
  for (const one of given) {
    const { container, name, secret, secretKey = null, secretVersion } = one;
    if (secret == null) pinned.push(plain(one));
    else if (!placement || isKnown(one))
      pinned.push({ container, name, value: null, secret, secretKey, secretVersion: secretVersion ?? null });
    else {
      const asked = valueFromOf({ secret, secretKey, secretVersion: secretVersion ?? null });
      const answer = await portsOf(ctx).runtime.describeSecret(placement, asked).catch(throwUpstream);
      if (typeof answer === "string") {
        const message = `${name}: ${answer}`;
        throw new AppError("invalid", message, { reason: "secret_not_found", fields: { [name]: message } });
      }
      const version = secretVersion === undefined ? answer.version : secretVersion;
      pinned.push({ container, name, value: null, secret: answer.arn, secretKey, secretVersion: version });
    }
  }
  return pinned;
}
