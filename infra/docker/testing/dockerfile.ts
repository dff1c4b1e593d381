import { readFileSync } from "node:fs";
import { type Copy, DockerfileParser, type From, type Instruction } from "dockerfile-ast";

export type CopyLine = { from: string | undefined; sources: string[]; to: string };

/** One stage of a Dockerfile. `runs` are commands of the shell form, without BuildKit's mounts. */
export type Stage = {
  name: string | undefined;
  image: string;
  workdir: string;
  copies: CopyLine[];
  runs: string[];
  env: Record<string, string>;
  labels: string[];
  user: string | undefined;
  /** Arguments of exec-form instructions; undefined for the shell form. */
  exec: { [keyword in "CMD" | "ENTRYPOINT" | "HEALTHCHECK"]?: string[] | undefined };
  keywords: string[];
};

/** Reads a Dockerfile into its stages, the last of which is the image. */
export function readDockerfile(file: string): { stages: Stage[]; final: Stage; text: string } {
  const text = readFileSync(file, "utf8");
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const last = stages.at(-1);
    if (instruction.getKeyword() === "FROM") stages.push(newStage(instruction as From, args));
    else if (instruction.getKeyword() === "ARG") Object.assign(args, assignments(instruction));
    else if (last) read(instruction, last, args);
  }
  const final = stages.at(-1);
  if (!final) throw new Error(`${file} has no stage.`);
  return { stages, final, text };
}

const expand = (text: string, args: Record<string, string>) =>
  text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => args[name] ?? "");

function newStage(from: From, args: Record<string, string>): Stage {
  const image = expand(from.getArguments()[0]?.getValue() ?? "", args);
  return {
    name: from.getBuildStage() ?? undefined,
    image,
    workdir: "/",
    copies: [],
    runs: [],
    env: {},
    labels: [],
    user: undefined,
    exec: {},
    keywords: [],
  };
}

function read(instruction: Instruction, stage: Stage, args: Record<string, string>): void {
  const keyword = instruction.getKeyword();
  const content = (instruction.getArgumentsContent() ?? "").replaceAll(/\\\n\s*/g, "");
  stage.keywords.push(keyword);
  if (keyword === "WORKDIR") stage.workdir = content;
  else if (keyword === "USER") stage.user = content;
  else if (keyword === "RUN") stage.runs.push(content.replaceAll(/^(--\w+=\S+\s+)*/g, ""));
  else if (keyword === "COPY") stage.copies.push(copyOf(instruction as Copy));
  else if (keyword === "ENV") Object.assign(stage.env, expandAll(assignments(instruction), args));
  else if (keyword === "LABEL") stage.labels.push(...Object.keys(assignments(instruction)));
  else if (keyword === "CMD" || keyword === "ENTRYPOINT" || keyword === "HEALTHCHECK")
    stage.exec[keyword] = execForm(content);
}

const expandAll = (values: Record<string, string>, args: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expand(value, args)]));

function copyOf(copy: Copy): CopyLine {
  const all = copy.getArguments().map((argument) => argument.getValue());
  return { from: copy.getFromFlag()?.getValue() ?? undefined, sources: all.slice(0, -1), to: all.at(-1) ?? "" };
}

function assignments(instruction: Instruction): Record<string, string> {
  const content = instruction.getArgumentsContent() ?? "";
  return Object.fromEntries(
    [...content.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S*))/g)].map(([, name = "", quoted, plain]) => [
      name,
      quoted ?? plain ?? "",
    ]),
  );
}

/** The JSON array at the end of `CMD […]` or `HEALTHCHECK --interval=… CMD […]`. */
function execForm(content: string): string[] | undefined {
  const at = content.indexOf("[");
  try {
    return at < 0 ? undefined : (JSON.parse(content.slice(at)) as string[]);
  } catch {
    return undefined;
  }
}
