import { posix, relative, sep } from "node:path";
import type { Rule } from "eslint";
import { importRules, type ImportRule } from "./import-table.ts";

const root = new URL("../../", import.meta.url).pathname;

/** A specifier as a path from the repository's root, or as it is when it names a package. */
export function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
  return specifier;
}

type Import = { file: string; specifier: string; isType: boolean; isClientFile: boolean };

/** What an import breaks; `undefined` when it is fine. */
export function brokenRule({
  file,
  specifier,
  isType,
  isClientFile,
}: Import): Pick<ImportRule, "name" | "message"> | undefined {
  const target = targetOf(file, specifier);
  for (const rule of importRules) {
    const isFrom = rule.from.test(file) || (rule.isForClientFiles === true && isClientFile);
    if (!isFrom || rule.except?.test(file) || !rule.to.test(target) || rule.allowed?.test(target)) continue;
    if (!(rule.isTypeFree && isType)) return rule;
  }
  return spelling(file, specifier, target);
}

const aliased = /^(server|components|prisma)\//;
const spelled = /^(app|components|server|prisma)\//;

/** Node runs these files as they are: an alias across areas, and the whole file name. */
function spelling(file: string, specifier: string, target: string): Pick<ImportRule, "name" | "message"> | undefined {
  const area = (path: string) => path.split("/")[0];
  if (specifier.startsWith(".") && spelled.test(file) && aliased.test(target) && area(file) !== area(target)) {
    return { name: "alias-across-areas", message: `Across areas import by alias: "#${target}".` };
  }
  if (/^[.#]/.test(specifier) && !/\.(ts|tsx|mjs|mts|css|json|js|wasm|cjs)$/.test(specifier)) {
    return {
      name: "whole-file-name",
      message: "Node runs this file without a bundler: write the extension (.ts or .tsx).",
    };
  }
  return undefined;
}

type Importing = { importKind?: string; specifiers?: { importKind?: string }[] };

function isTypeOnly(node: Importing): boolean {
  const specifiers = node.specifiers ?? [];
  return (
    node.importKind === "type" || (specifiers.length > 0 && specifiers.every((each) => each.importKind === "type"))
  );
}

/** ESLint rule: the direction of imports, as the table next to this file says. */
export const importDirection: Rule.RuleModule = {
  meta: { type: "problem", schema: [], messages: { broken: "{{message}} ({{name}})" } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join("/");
    const isClientFile = context.sourceCode.ast.body.some(
      (node) => node.type === "ExpressionStatement" && "directive" in node && node.directive === "use client",
    );
    const check = (node: Rule.Node, specifier: unknown, isType: boolean) => {
      if (typeof specifier !== "string") return;
      const broken = brokenRule({ file, specifier, isType, isClientFile });
      if (broken) context.report({ node, messageId: "broken", data: { name: broken.name, message: broken.message } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node as Importing)),
      ExportNamedDeclaration: (node) =>
        check(node, node.source?.value, (node as { exportKind?: string }).exportKind === "type"),
      ExportAllDeclaration: (node) =>
        check(node, node.source.value, (node as { exportKind?: string }).exportKind === "type"),
      ImportExpression: (node) => check(node, node.source.type === "Literal" ? node.source.value : undefined, false),
    };
  },
};
