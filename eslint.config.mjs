import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";
import { importDirection } from "./scripts/lint/import-direction.ts";

/** What Next's own rules are for; a function named use… elsewhere is no hook. */
const consoleFiles = ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "proxy.ts"];
const source = "**/*.{ts,tsx,mts,mjs}";
const tests = ["**/*.test.{ts,tsx}", "e2e/**", "**/testing/**", "**/test/**"];

/** Files whose framework wants a default export. */
const frameworkFiles = [
  "app/**/{page,layout,loading,error,not-found,global-error,template,default}.tsx",
  "*.config.{ts,mjs}",
  "**/global-setup.ts",
];

/** Settings reach code through the one checked config, except where there is none yet or it is not ours to read. */
const readsEnvironment = [
  "server/core/config.ts",
  "server/*/main.ts",
  "instrumentation.ts",
  "scripts/**",
  "infra/**",
  "bench/**",
  "*.config.{ts,mjs}",
  ...tests,
];

/** Focus where the one thing of a page or dialog begins helps; anywhere else a review finds it. */
const accessibility = next.find((config) => config.plugins?.["jsx-a11y"])?.plugins["jsx-a11y"].configs.recommended
  .rules;

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/**",
      ".next/**",
      ".data/**",
      "server/db/generated/**",
      "next-env.d.ts",
      "infra/aws/**",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  ...next.map((config) => (config.rules ? { ...config, files: consoleFiles } : config)),
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: config.files ?? [source] })),
  {
    files: [source],
    plugins: { quarterdeck: { rules: { "import-direction": importDirection } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "quarterdeck/import-direction": "error",
      "max-lines": ["error", { max: 400 }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "none", ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: consoleFiles,
    rules: {
      ...accessibility,
      "jsx-a11y/no-autofocus": "off",
      // What scrolls must be focusable, or the keyboard cannot scroll it.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: [], roles: ["region"] }],
    },
  },
  {
    files: [source],
    ignores: frameworkFiles,
    rules: {
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    files: [source],
    ignores: readsEnvironment,
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          // NODE_ENV is no setting of ours (bundlers replace it), and writing one for a library is not reading it.
          selector:
            "MemberExpression:not([property.name='NODE_ENV']):not(AssignmentExpression > .left) > MemberExpression.object[object.name='process'][property.name='env']",
          message: "Settings come from config() of #server/core/config.ts: add the variable there and to .env.example.",
        },
        {
          selector: ":not(MemberExpression) > MemberExpression[object.name='process'][property.name='env']",
          message: "Settings come from config() of #server/core/config.ts: add the variable there and to .env.example.",
        },
      ],
    },
  },
  { files: [...tests, "prisma/seed/**", "**/fixtures/**"], rules: { "max-lines": "off" } },
);
