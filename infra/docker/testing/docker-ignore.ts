import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Whether a path, relative to the context and with `/`, is kept from builds. Knows what our files use: no `!`. */
export type Ignored = (file: string) => boolean;

/** Reads the .dockerignore of a build context. Docker's patterns begin at the context's root and cover what is below. */
export function readDockerIgnore(context: string): Ignored {
  const file = path.join(context, ".dockerignore");
  if (!existsSync(file)) return () => false;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim());
  const patterns = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const unknown = patterns.find((pattern) => pattern.startsWith("!"));
  if (unknown) throw new Error(`${file}: ${unknown} is not understood here.`);
  const expressions = patterns.map(expressionOf);
  return (name) => expressions.some((expression) => expression.test(name));
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.replace(/\/$/, "").split(/(\*\*\/|\*)/);
  const source = parts
    .map((part) =>
      part === "**/" ? "(?:[^/]+/)*" : part === "*" ? "[^/]*" : part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}(?:/|$)`);
}
