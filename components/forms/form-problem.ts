import type { Problem } from "#components/lib/problem.ts";

/** What the browser finds wrong before anything is sent: required, too long, not an e-mail address. By name. */
export function invalidFields(elements: Iterable<Element>): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const element of elements) {
    const field = element as HTMLInputElement;
    if (!field.name || !field.willValidate || field.validity.valid) continue;
    wrong[field.name] = field.validity.valueMissing ? "Fill this in." : field.validationMessage;
  }
  return wrong;
}

/**
 * Splits a problem: what belongs to a field of this form goes there, the rest is told above the buttons.
 * Nothing is left for the rest when every complaint has found its field.
 */
export function splitProblem(
  problem: Problem,
  hasField: (name: string) => boolean,
): { fields: Record<string, string>; rest: Problem | undefined } {
  const entries = Object.entries(problem.fields);
  const fields = Object.fromEntries(entries.filter(([name]) => hasField(name)));
  const isAllPlaced = entries.length > 0 && entries.every(([name]) => hasField(name));
  return { fields, rest: isAllPlaced ? undefined : problem };
}
