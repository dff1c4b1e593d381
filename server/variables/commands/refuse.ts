import { AppError } from "../../core/errors.ts";
import { bytesOf, mostBytes, repeated } from "../rules.ts";
import { looksSecret } from "../secret-looks.ts";
import { mostVariables, type VariableDto, type WarningDto } from "../schema.ts";

/** Throws `conflict` when somebody saved meanwhile. */
export function refuseStale(expected: number, newest: { number: number } | null): void {
  const number = newest?.number ?? 0;
  if (number === expected) return;
  const message = `Somebody saved meanwhile: version ${number} is the newest, and the change was made from ${expected === 0 ? "none" : expected}. Nothing was saved.`;
  throw new AppError("conflict", message, { reason: "stale_number", number });
}

/** Throws `invalid` for names that are given twice and for more than a task definition can hold. */
export function refuseImpossible(entries: VariableDto[]): void {
  const [twice] = repeated(entries);
  if (twice)
    throw new AppError("invalid", `${twice} is given twice.`, {
      reason: "repeated",
      fields: { [twice]: "is given twice" },
    });
  if (entries.length > mostVariables) {
    throw new AppError("invalid", `There can be at most ${mostVariables} variables.`, { reason: "too_many" });
  }
  const bytes = bytesOf(entries);
  if (bytes <= mostBytes) return;
  const message = `The variables take ${Math.ceil(bytes / 1024)} KB, and ECS takes a task definition of at most 64 KB with all that is in it. Keep large values in a secret, a parameter or a file.`;
  throw new AppError("invalid", message, { reason: "too_large", bytes, most: mostBytes });
}

/** What a person should look at again before saving: plain values that look like secrets, of those that are new. */
export function warningsOf(before: VariableDto[], after: VariableDto[]): WarningDto[] {
  const old = new Set(before.map((one) => `${one.container}\0${one.name}\0${one.value}`));
  return after
    .filter(
      (one) =>
        one.value !== null &&
        !old.has(`${one.container}\0${one.name}\0${one.value}`) &&
        looksSecret(one.name, one.value),
    )
    .map(({ name }) => ({
      code: "looks_secret" as const,
      name,
      message: `${name} looks like a secret. Its value would be kept in plain text, and everyone who may read here could see it.`,
    }));
}

/** Throws `precondition` with the warnings unless they were confirmed. */
export function refuseUnconfirmed(warnings: WarningDto[], confirmed: boolean): void {
  if (confirmed || warnings.length === 0) return;
  const message =
    warnings.length === 1 ? (warnings[0]?.message ?? "") : `${warnings.length} warnings must be confirmed.`;
  throw new AppError("precondition", message, { reason: "needs_confirmation", warnings });
}
