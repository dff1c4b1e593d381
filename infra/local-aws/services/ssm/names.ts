import { invalid } from "./errors.ts";

const MOST = 10;

/** The names of a call on several parameters: 1 to 10. */
export function checkNames(names: string[] = []): string[] {
  if (names.length >= 1 && names.length <= MOST) return names;
  throw invalid(
    `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${MOST}`,
  );
}
