import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** What Markdown says of the repository is true: paths, links, npm commands, and the tables of docs/architecture.md. */
const root = path.resolve(import.meta.dirname, "..");
const skipped = new Set(["node_modules", ".git", ".next", ".data", "test-results", "playwright-report", "generated"]);

function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesUnder(file);
    return [file];
  });
}

const files = filesUnder("");
const names = new Set(files.map((file) => path.posix.basename(file)));
const documents = files.filter((file) => file.endsWith(".md"));
const textOf = (file: string) => readFileSync(path.join(root, file), "utf8");

/** Endings by which a word without a slash is known to be a file. */
const sourceEnding = /[^.]\.(tsx?|mts|mjs|md|prisma|sql|ya?ml|toml|css|json)$/;
/** What the product, npm and the README's own commands write: not in the repository. */
const notOurs = /^(DATA_DIR|\.data|\.next|node_modules|server\/db\/generated)(\/|$)|^(secrets|deployment)\.json$/;

/** Words in backticks and in code blocks that look like a path: each can be checked by itself. */
function citedPaths(markdown: string): string[] {
  const code = [
    ...markdown.matchAll(/^\s*```[^\n]*\n([\s\S]*?)^\s*```/gm),
    ...markdown.replaceAll(/```[\s\S]*?```/g, "").matchAll(/`([^`\n]+)`/g),
  ];
  const words = code.flatMap(([, text = ""]) => text.split(/[\s"',;]+/));
  return words
    .map((word) => word.replace(/[:.]$/, ""))
    .filter((word) => /^[\w.@([][\w.@()[\]<>*{}-]*(\/[\w.@()[\]<>*{}…-]*)*$/.test(word));
}

/** The part before a placeholder: `server/<domain>/rules.ts` says that there is a `server`. */
const beforePlaceholder = (cited: string) => {
  const segments = cited.split("/");
  const at = segments.findIndex((segment) => /[<*{…]/.test(segment));
  return at < 0 ? cited : segments.slice(0, at).join("/");
};

/** What is wrong with a cited path; undefined when it is there, or is no path of this repository. */
function complaint(document: string, cited: string): string | undefined {
  const word = beforePlaceholder(cited).replace(/\/$/, "");
  if (word === "" || notOurs.test(word)) return undefined;
  if (!word.includes("/"))
    return !sourceEnding.test(word) || names.has(word) ? undefined : `${document}: no file is called ${word}`;
  const [first = ""] = word.split("/");
  const bases = [root, path.join(root, path.dirname(document))].filter((base) => existsSync(path.join(base, first)));
  if (bases.length === 0) return sourceEnding.test(word) ? `${document}: there is no ${first} of ${word}` : undefined;
  return bases.some((base) => existsSync(path.join(base, word))) ? undefined : `${document}: there is no ${word}`;
}

/** GitHub's id of a heading. */
const slugOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(/\s/g, "-");
const anchorsOf = (file: string) =>
  [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slugOf(heading));

function brokenLink(document: string, target: string): string | undefined {
  if (/^(https?|mailto):/.test(target)) return undefined;
  const [file = "", anchor] = target.split("#");
  const linked = file === "" ? document : path.posix.join(path.posix.dirname(document), file);
  if (!existsSync(path.join(root, linked))) return `${document}: the link ${target} leads nowhere`;
  if (anchor === undefined || anchorsOf(linked).includes(anchor)) return undefined;
  return `${document}: ${linked} has no heading #${anchor}`;
}

const linksIn = (markdown: string) => [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);

describe.each(documents)("%s", (document) => {
  const markdown = textOf(document);

  test("names only what is there", () => {
    expect(
      citedPaths(markdown)
        .map((cited) => complaint(document, cited))
        .filter(Boolean),
    ).toEqual([]);
  });

  test("has links that lead somewhere", () => {
    expect(
      linksIn(markdown)
        .map((target) => brokenLink(document, target))
        .filter(Boolean),
    ).toEqual([]);
  });

  test("names npm commands that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = [...markdown.matchAll(/\bnpm (?:(start|test)\b|run (?:--silent )?([a-z][\w:-]*))/g)];
    expect(named.map(([, short, long]) => short ?? long ?? "").filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("what the checks find", () => {
  test.each([
    ["a file that is gone", "`server/core/gone.ts`"],
    ["a folder that is gone", "`server/nowhere/`"],
    ["a name that no file has", "`nobody.ts`"],
    ["a path in a code block", "```\nnode scripts/gone.ts --all\n```"],
  ])("%s", (_, markdown) => {
    expect(
      citedPaths(markdown)
        .map((cited) => complaint("README.md", cited))
        .filter(Boolean),
    ).toHaveLength(1);
  });

  test.each([
    "`server/core/command.ts`",
    "`server/<domain>/rules.ts`",
    "`wire/`",
    "`/api/v1/releases`",
    "`@aws-sdk/client-ecs`",
    "`a / b`",
  ])("%s is fine", (markdown) =>
    expect(
      citedPaths(markdown)
        .map((cited) => complaint("infra/local-aws/README.md", cited))
        .filter(Boolean),
    ).toEqual([]),
  );

  test("a link and an anchor that lead nowhere", () => {
    expect(brokenLink("README.md", "docs/gone.md")).toContain("docs/gone.md");
    expect(brokenLink("README.md", "docs/architecture.md#gone")).toContain("#gone");
  });
});

test("the screenshots are small enough to be cloned by everybody", () => {
  const pictures = files.filter((file) => file.startsWith("docs/screenshots/"));
  expect(pictures.filter((file) => statSync(path.join(root, file)).size > 250_000)).toEqual([]);
});

describe("the tables of docs/architecture.md", () => {
  const architecture = textOf("docs/architecture.md");

  /** First cells, without backticks, of the table under a heading. */
  function firstCells(heading: string): string[] {
    const section = architecture.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("|"));
    return rows
      .slice(2)
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
  }

  const folders = readdirSync(path.join(root, "server"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const domains = folders.filter((name) => existsSync(path.join(root, "server", name, "schema.ts")));

  /** Files and folders of the domains, by name. */
  const partsOf = (domain: string) =>
    readdirSync(path.join(root, "server", domain), { withFileTypes: true })
      .filter(({ name }) => !/\.test\.ts$/.test(name))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));

  test("list every domain, and the kernel's folders", () => {
    expect(firstCells("Domains").toSorted()).toEqual(domains.toSorted());
    expect(firstCells("The kernel").toSorted()).toEqual(folders.filter((name) => !domains.includes(name)).toSorted());
  });

  test("list every name that a file of a domain has", () => {
    const vocabulary = firstCells("File vocabulary");
    const own = firstCells("Names of one domain");
    const used = domains.flatMap((domain) =>
      partsOf(domain).map((name) => (vocabulary.includes(name) ? name : `server/${domain}/${name}`)),
    );
    expect([...new Set(used)].toSorted()).toEqual([...vocabulary, ...own].toSorted());
  });

  test("give a word to every table of the database", () => {
    const models = files
      .filter((file) => /^prisma\/schema\/.*\.prisma$/.test(file))
      .flatMap((file) => [...textOf(file).matchAll(/^model (\w+)/gm)].map(([, name = ""]) => name));
    expect(models.filter((model) => !firstCells("Words").includes(model))).toEqual([]);
  });
});
