import path from "node:path";
import ts from "typescript";

/** Where a worker may be killed: everything that carries out a deployment. */
const engine = /\/server\/deployments\/(?:(?:engine|steps|gates)\/[^/]+|jobs)\.ts$/;
const isTest = /\.test\.ts$/;

const checkpoint = path.join(import.meta.dirname, "checkpoint.ts");

/** `engine/advance.ts:54:11`, which is what a reader looks up. */
function siteOf(source: ts.SourceFile, node: ts.Node): string {
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${source.fileName.slice(source.fileName.lastIndexOf("/server/deployments/") + "/server/deployments/".length)}:${line + 1}:${character + 1}`;
}

/**
 * Puts a checkpoint behind every `await`: `await f()` becomes `await reach("engine/…", async () => (f()))`.
 * Lines stay where they are. Fails at an `await` that it could not wrap, so that none is left out unseen.
 */
function instrumentAwaits(code: string, file: string): { code: string; sites: string[] } {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const insertions: { at: number; text: string }[] = [];
  const sites: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isForOfStatement(node) && node.awaitModifier)
      throw new Error(`${siteOf(source, node)}: "for await" has no checkpoint`);
    if (ts.isAwaitExpression(node)) {
      const site = siteOf(source, node);
      sites.push(site);
      insertions.push({ at: node.expression.getStart(source), text: `__reach(${JSON.stringify(site)}, async () => (` });
      insertions.push({ at: node.expression.end, text: "))" });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = code;
  // From the end, so that positions stay true. Where two end at the same place the order does not matter.
  for (const { at, text } of insertions.toSorted((a, b) => b.at - a.at))
    result = result.slice(0, at) + text + result.slice(at);
  return { code: `import { reach as __reach } from ${JSON.stringify(checkpoint)};${result}`, sites };
}

/** Vite plugin that puts a checkpoint at every await of the deployment engine. Found by its parser, not by a list. */
export function checkpoints() {
  return {
    name: "quarterdeck-checkpoints",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      const file = id.split("?")[0] ?? id;
      if (!engine.test(file) || isTest.test(file)) return undefined;
      return { code: instrumentAwaits(code, file).code, map: null };
    },
  };
}
