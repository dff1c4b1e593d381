import { AwsError } from "../../contract.ts";
import { invalid } from "./errors.ts";

const MOST = 10;
const DEEPEST = 15;

/** The names of a call on several parameters: 1 to 10. */
export function checkNames(names: string[] = []): string[] {
  if (names.length >= 1 && names.length <= MOST) return names;
  throw invalid(
    `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${MOST}`,
  );
}

/** The name of a parameter to put: a word, or a path that begins with a slash. */
export function checkName(name: string): void {
  const isPath = name.startsWith("/");
  const isWellFormed = /^[\w./-]{1,1011}$/.test(name) && (isPath || !name.includes("/")) && !name.endsWith("/");
  if (!isWellFormed || /^\/?(aws|ssm)/i.test(name)) {
    throw invalid(
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
    );
  }
  if (isPath && name.split("/").length - 1 > DEEPEST) {
    throw new AwsError(
      "HierarchyLevelLimitExceededException",
      `A parameter hierarchy can have at most ${DEEPEST} levels.`,
    );
  }
}
