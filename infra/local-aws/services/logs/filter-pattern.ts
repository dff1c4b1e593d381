import { invalidParameter } from "./errors.ts";
import { parseJsonFilter } from "./json-filter.ts";

export type Matches = (message: string) => boolean;

const TERM = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y;
const LONGEST = 1_024;

/**
 * A CloudWatch Logs filter pattern: terms that must all occur, `"quoted phrases"`, `-excluded`, `?any of these`, or
 * `{ $.field = value && … }` on JSON lines. Case matters. Nothing matches everything.
 */
export function parseFilterPattern(pattern: string | undefined): Matches {
  const source = (pattern ?? "").trim();
  if (source.length > LONGEST) throw invalidParameter("The filter pattern is too long");
  if (source === "") return () => true;
  if (source.startsWith("{")) return parseJsonFilter(source);
  if (source.startsWith("[")) throw invalidParameter("Local AWS does not know space-delimited filter patterns");
  if (source.startsWith("%")) throw invalidParameter("Local AWS does not know regular expression filter patterns");
  return parseTerms(source);
}

function parseTerms(source: string): Matches {
  const required: string[] = [];
  const excluded: string[] = [];
  const optional: string[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < source.length) {
    const match = TERM.exec(source);
    if (!match) throw invalidParameter("Invalid filter pattern");
    const [, sign, quoted, bare = ""] = match;
    const term = quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1");
    (sign === "-" ? excluded : sign === "?" ? optional : required).push(term);
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    // Beside required terms, CloudWatch ignores the optional ones.
    (required.length > 0 || optional.length === 0 || optional.some((term) => message.includes(term)));
}
