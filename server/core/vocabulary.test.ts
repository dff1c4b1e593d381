import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/**
 * The closed vocabulary of files (docs/architecture.md): where something is follows from what it is. A test may
 * stand beside any file, named after it.
 */
const domainFiles = ["schema", "rules", "queries", "service", "jobs", "ports", "api"];

/** Folders of a domain. Those that hold plug-ins list them in an index.ts, and in no other place. */
const domainFolders = ["commands", "queries", "engine", "gates", "steps", "checks", "channels"];
/** In local AWS each service is such a folder: its index.ts lists the actions. */
const pluginFolders = ["gates", "steps", "checks", "channels", "sources", "actions", "plugins"];

/** Files that one domain has and no other, with what they are. A new name needs a line here. */
const ownFiles: Record<string, Record<string, string>> = {
  audit: {
    chain: "how entries are linked by hash: a pure part of the rules",
    seal: "the job that links new entries",
    verify: "reads the chain and says where it breaks",
    "subject-names": "names for what an entry is about, for people",
  },
  deployments: {
    advice: "what to do about a cause, in words",
    "advice-causes": "causes that stop reasons and exit codes speak of",
    "aws-cli": "the commands that work when the portal is down",
    conflicts: "what becomes of a request that meets another deployment",
    waves: "which targets of a deployment come next",
    differences: "what differs between two task definitions",
    render: "a release and a base into a task definition",
    "stop-signals": "what ECS says when a task stops, as data",
  },
  services: {
    health: "health of a target from what was observed",
    observations: "what the poll saw, written down",
    "task-looks": "whose tasks are listed in this look, within the quota",
  },
  teams: {
    "end-elevations": "ends raised roles, whatever the occasion",
    "grant-dto": "a grant as the API shows it",
    "last-admin": "keeps the last admin from being lost",
    "may-give": "nobody gives more than they hold, as commands ask it",
    "may-end-sessions": "who sees and ends the sessions of a person, as commands and queries ask it",
    place: "where a grant counts, resolved from references",
    principal: "who is given a grant, resolved from references",
  },
  variables: {
    "secret-state": "what an observed secret means for tasks that run: a pure part of the rules",
    "secret-looks": "whether a plain value is likely a secret: a pure part of the rules",
  },
};

const kernel = ["core", "db", "auth", "api", "jobs", "events", "aws", "adapters", "edge", "testing"];
const forbiddenAnywhere = /(^|\/)(utils?|helpers?|misc|common|types|constants)(\.[jt]sx?$|\/)/;

const root = fileURLToPath(new URL("../..", import.meta.url));
const isSource = (file: string) => /\.tsx?$/.test(file) && !/(^|\/)(node_modules|generated|\.next)\//.test(file);
const isTest = (file: string) => /\.(integration\.|contract\.|crash\.|product\.|e2e\.)?test\.tsx?$/.test(file);

function filesUnder(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .map((file) => `${folder}/${file}`)
      .filter(isSource),
  );
}

/** What is wrong with the name of a file, in words; `undefined` when nothing is. */
function complaint(file: string): string | undefined {
  const [area, domain = "", ...rest] = file.split("/");
  if (forbiddenAnywhere.test(file)) return `${file}: name it after what it does, and put it where that belongs`;
  const folder = file.split("/").at(-2) ?? "";
  const isList = pluginFolders.includes(folder) || /^infra\/local-aws\/services\/[^/]+\/index\.ts$/.test(file);
  if (/(^|\/)index\.tsx?$/.test(file) && !isList) return `${file}: only a folder of plug-ins has an index.ts`;
  if (!/^[a-z0-9-]+(\.[a-z]+)*\.tsx?$/.test(file.split("/").at(-1) ?? "")) return `${file}: file names are kebab-case`;
  if (area !== "server" || kernel.includes(domain) || isTest(file)) return undefined;
  if (rest.length > 1) {
    return domainFolders.includes(rest[0] ?? "") ? undefined : `${file}: a domain has no folder "${rest[0]}"`;
  }
  const name = (rest[0] ?? "").replace(/\.ts$/, "");
  if (domainFiles.includes(name) || name in (ownFiles[domain] ?? {})) return undefined;
  return `${file}: not in the vocabulary of a domain; if it must be, add it to ownFiles with what it is`;
}

/** Next names its own files; everything else is ours to name. */
const ours = filesUnder("server", "components", "prisma", "scripts").concat(
  filesUnder("infra").filter((file) => !file.startsWith("infra/aws/")),
);

describe("names", () => {
  test("every file is in the vocabulary", () => {
    expect(ours.map(complaint).filter((text) => text !== undefined)).toEqual([]);
  });

  test.each([
    "server/deployments/helpers.ts",
    "components/lib/utils.ts",
    "server/releases/types.ts",
    "server/releases/lookup.ts",
    "server/releases/lib/lookup.ts",
    "components/ui/index.ts",
    "server/releases/Rules.ts",
  ])("a planted %s is found", (file) => {
    expect(complaint(file)).toContain(file);
  });

  test.each([
    "server/releases/rules.ts",
    "server/releases/rules.test.ts",
    "server/deployments/gates/index.ts",
    "server/deployments/gates/image.ts",
  ])("%s is fine", (file) => expect(complaint(file)).toBeUndefined());

  test("no name is kept for a file that is gone", () => {
    const gone = Object.entries(ownFiles).flatMap(([domain, names]) =>
      Object.keys(names).filter((name) => !ours.includes(`server/${domain}/${name}.ts`)),
    );
    expect(gone).toEqual([]);
  });
});

describe("plug-in folders", () => {
  const indexes = ours.filter((file) => /\/index\.ts$/.test(file) && !file.startsWith("infra/"));

  /** Plug-ins beside an index, less the file that says what a plug-in is (gate.ts, step.ts, source.ts). */
  const listedIn = (index: string, text: string, siblings: readonly string[]) =>
    siblings.filter((file) => !text.includes(`./${file.split("/").at(-1)}"`) && file !== index);

  test.each(indexes)("%s lists all that stand beside it", (index) => {
    const folder = index.slice(0, index.lastIndexOf("/"));
    const contract = `${folder}/${(folder.split("/").at(-1) ?? "").replace(/s$/, "")}.ts`;
    const siblings = ours.filter(
      (file) =>
        file.startsWith(`${folder}/`) &&
        !file.slice(folder.length + 1).includes("/") &&
        !isTest(file) &&
        file !== contract,
    );
    const text = readFileSync(`${root}${index}`, "utf8");
    const isList = siblings.length > 1;
    expect(isList, "an index without plug-ins").toBe(true);
    expect(listedIn(index, text, siblings).filter((file) => exportsPlugin(file))).toEqual([]);
  });

  test("a plug-in that nobody listed is found", () => {
    expect(listedIn("a/index.ts", 'import { one } from "./one.ts";', ["a/index.ts", "a/one.ts", "a/two.ts"])).toEqual([
      "a/two.ts",
    ]);
  });

  /** Some folders also hold parts that several plug-ins share; those are imported by a plug-in, not by the list. */
  function exportsPlugin(file: string): boolean {
    const name = `./${file.split("/").at(-1)}"`;
    const folder = file.slice(0, file.lastIndexOf("/"));
    return !ours.some(
      (other) =>
        other.startsWith(`${folder}/`) && other !== file && readFileSync(`${root}${other}`, "utf8").includes(name),
    );
  }
});

describe("size", () => {
  const lines = (file: string) => readFileSync(`${root}${file}`, "utf8").split("\n").length - 1;

  /** The smallest value that a share of the files does not exceed. */
  const quantile = (sizes: readonly number[], share: number) =>
    sizes.toSorted((a, b) => a - b)[Math.ceil(sizes.length * share) - 1] ?? 0;

  const sizes = ours
    .concat(filesUnder("app"))
    .filter((file) => !isTest(file))
    .map(lines);

  test("files are small: the median, nineteen of twenty, and the largest", () => {
    expect(quantile(sizes, 0.5)).toBeLessThanOrEqual(70);
    expect(quantile(sizes, 0.95)).toBeLessThanOrEqual(250);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(400);
  });

  test("the measure sees a file that is too large", () => {
    expect(quantile([...Array.from({ length: 90 }, () => 50), ...Array.from({ length: 10 }, () => 300)], 0.95)).toBe(
      300,
    );
  });
});
