import { ESLint, Linter } from "eslint";
import { describe, expect, test } from "vitest";
import { brokenRule, importDirection, targetOf } from "./import-direction.ts";

const plain = { isType: false, isClientFile: false };
const ruleFor = (file: string, specifier: string, more: Partial<typeof plain> = {}) =>
  brokenRule({ file, specifier, ...plain, ...more })?.name;

/** One planted violation for every rule, and its nearest neighbour that is fine. */
const planted: [rule: string, file: string, broken: string, fineFile: string, fine: string][] = [
  [
    "browser-code-loads-no-server",
    "components/services/view.tsx",
    "#server/services/queries.ts",
    "components/services/view.tsx",
    "#server/services/schema.ts",
  ],
  [
    "primitives-know-nothing",
    "components/ui/button.tsx",
    "next/navigation",
    "components/ui/link-button.tsx",
    "next/link",
  ],
  [
    "tables-and-forms-know-no-domain",
    "components/table/data-table.tsx",
    "#components/services/row.tsx",
    "components/table/data-table.tsx",
    "#components/ui/button.tsx",
  ],
  [
    "components-below-app",
    "components/shell/shell.tsx",
    "../../app/providers.tsx",
    "app/layout.tsx",
    "./providers.tsx",
  ],
  ["charts-wrap-recharts", "components/services/view.tsx", "recharts", "components/charts/line.tsx", "recharts"],
  [
    "server-below-all",
    "server/services/rules.ts",
    "#components/lib/format.ts",
    "server/services/rules.ts",
    "./schema.ts",
  ],
  [
    "kernel-knows-no-domain",
    "server/core/context.ts",
    "../services/queries.ts",
    "server/core/context.ts",
    "../db/client.ts",
  ],
  [
    "database-behind-domains",
    "server/services/rules.ts",
    "../db/client.ts",
    "server/services/queries.ts",
    "../db/client.ts",
  ],
  [
    "database-behind-domains",
    "app/(console)/page.tsx",
    "#server/db/client.ts",
    "server/deployments/commands/create.ts",
    "../../db/client.ts",
  ],
  [
    "aws-behind-the-port",
    "server/deployments/jobs.ts",
    "@aws-sdk/client-ecs",
    "server/aws/rollouts.ts",
    "@aws-sdk/client-ecs",
  ],
  ["next-stays-in-the-frame", "server/services/queries.ts", "next/headers", "server/auth/session.ts", "next/headers"],
  ["sign-in-behind-auth", "components/shell/user-menu.tsx", "next-auth/react", "server/auth/options.ts", "next-auth"],
  ["jobs-behind-the-queue", "server/deployments/jobs.ts", "graphile-worker", "server/jobs/main.ts", "graphile-worker"],
  [
    "local-aws-is-a-sibling",
    "infra/local-aws/server.ts",
    "#server/core/ids.ts",
    "infra/local-aws/server.ts",
    "./clock.ts",
  ],
  [
    "server-below-all",
    "server/aws/rollouts.ts",
    "../../infra/local-aws/contract.ts",
    "server/aws/rollouts.ts",
    "./clients.ts",
  ],
  [
    "qkart-is-its-own-package",
    "infra/qkart/backend/main.ts",
    "../../local-aws/clock.ts",
    "infra/qkart/backend/main.ts",
    "./routes.ts",
  ],
  ["alias-across-areas", "app/layout.tsx", "../components/lib/theme.ts", "app/layout.tsx", "#components/lib/theme.ts"],
  ["whole-file-name", "server/core/ids.ts", "./text", "server/core/ids.ts", "./text.ts"],
];

test.each(planted)("%s: %s may not import %s", (rule, file, broken, fineFile, fine) => {
  expect(ruleFor(file, broken)).toBe(rule);
  expect(ruleFor(fineFile, fine)).toBeUndefined();
});

test("types are erased, and hence free", () => {
  expect(ruleFor("components/services/view.tsx", "#server/services/queries.ts", { isType: true })).toBeUndefined();
  expect(ruleFor("server/services/rules.ts", "@aws-sdk/client-ecs", { isType: true })).toBe("aws-behind-the-port");
});

test('a file with "use client" is browser code wherever it is', () => {
  expect(ruleFor("app/providers.tsx", "#server/api/router.ts", { isClientFile: true })).toBe(
    "browser-code-loads-no-server",
  );
  expect(ruleFor("app/providers.tsx", "#server/api/router.ts")).toBeUndefined();
});

test("a specifier becomes a path from the root", () => {
  expect(targetOf("server/services/queries.ts", "../db/client.ts")).toBe("server/db/client.ts");
  expect(targetOf("app/layout.tsx", "#components/lib/theme.ts")).toBe("components/lib/theme.ts");
  expect(targetOf("app/layout.tsx", "next/headers")).toBe("next/headers");
});

describe("in ESLint", () => {
  const lint = (code: string) =>
    new Linter({ cwd: new URL("../..", import.meta.url).pathname })
      .verify(
        code,
        [
          {
            files: ["**/*.js"],
            plugins: { q: { rules: { direction: importDirection } } },
            rules: { "q/direction": "error" },
          },
        ],
        { filename: new URL("../../components/services/view.js", import.meta.url).pathname },
      )
      .map((message) => message.message);

  test("the message says what to use instead", () => {
    expect(lint('import { db } from "#server/db/client.ts";')).toEqual([
      expect.stringContaining("#components/lib/api.ts"),
    ]);
  });

  test("re-exports and dynamic imports count", () => {
    expect(lint('export { db } from "#server/db/client.ts";')).toHaveLength(1);
    expect(lint('export * from "#server/db/client.ts";')).toHaveLength(1);
    expect(lint('await import("#server/db/client.ts");')).toHaveLength(1);
  });
});

describe("the repository's own configuration", () => {
  const eslint = new ESLint({ cwd: new URL("../..", import.meta.url).pathname });
  const rulesIn = async (filePath: string, code: string) => {
    const [result] = await eslint.lintText(code, { filePath });
    return result?.messages.map((message) => message.ruleId);
  };

  test("finds what it is there to find", { timeout: 60_000 }, async () => {
    expect(await rulesIn("server/services/planted.ts", 'import "next/headers";')).toEqual([
      "quarterdeck/import-direction",
    ]);
    expect(await rulesIn("server/services/planted.ts", "export default 1;")).toEqual(["no-restricted-exports"]);
    expect(await rulesIn("app/(console)/page.tsx", "export default function Page() { return null; }")).toEqual([]);
    expect(await rulesIn("server/services/planted.ts", "export const port = process.env.PORT;")).toEqual([
      "no-restricted-syntax",
    ]);
    expect(await rulesIn("server/services/planted.ts", "export const env = process.env;")).toEqual([
      "no-restricted-syntax",
    ]);
    expect(await rulesIn("proxy.ts", "export const mode = process.env.NODE_ENV;")).toEqual([]);
    expect(await rulesIn("server/services/planted.ts", "export {};\n".repeat(401))).toEqual(["max-lines"]);
    expect(await rulesIn("components/ui/planted.tsx", 'export const a = <img src="/a.png" />;')).toContain(
      "jsx-a11y/alt-text",
    );
  });
});
