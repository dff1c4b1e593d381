import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Image, LocalAwsOptions, Store } from "../../contract.ts";
import { log } from "../../log.ts";

const File = z.object({
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .default("000000000000"),
  repositories: z.record(
    z.string(),
    z.object({
      program: z.string(),
      tags: z.array(z.string()).default([]),
      /** Regular expression of further tags that exist. */
      pattern: z.string().optional(),
      /** `$TAG` stands for the tag. */
      environment: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

type Catalogue = z.infer<typeof File>;
export type Repository = Catalogue["repositories"][string];

export type Images = {
  accountId(): string;
  repositories(): [string, Repository][];
  /** Undefined when the repository has no such tag. */
  byTag(repository: string, tag: string): Image | undefined;
  /** Only digests of tags that are listed or were looked up before can be resolved. */
  byDigest(repository: string, digest: string): Image | undefined;
  tags(repository: string): string[];
  pushedAt(repository: string): Date;
  sizeInBytes(repository: string): number;
};

/**
 * The registry file. It is read again when it changes, so that an image can be "pushed" by editing it. Tags that
 * only match a pattern are remembered once asked for, so that their digest resolves back after a restart.
 */
export function createImages(options: LocalAwsOptions, store: Store): Images {
  const remembered = store.document<{ tags: Record<string, string[]> }>("ecr", () => ({ tags: {} }));
  let cached: { changed: number; catalogue: Catalogue } | undefined;

  function catalogue(): Catalogue {
    const changed = statSync(options.imagesFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (cached?.changed !== changed) cached = { changed, catalogue: readCatalogue(options.imagesFile, changed) };
    return cached.catalogue;
  }

  const find = (name: string): Repository | undefined => {
    const { repositories } = catalogue();
    return Object.hasOwn(repositories, name) ? repositories[name] : undefined;
  };

  function tags(repository: string): string[] {
    const found = find(repository);
    if (!found) return [];
    const seen = (remembered.tags[repository] ?? []).filter((tag) => matches(found, tag));
    return [...new Set([...found.tags, ...seen])];
  }

  function byTag(repository: string, tag: string): Image | undefined {
    const found = find(repository);
    if (!found || !(found.tags.includes(tag) || matches(found, tag))) return undefined;
    const seen = (remembered.tags[repository] ??= []);
    if (!found.tags.includes(tag) && !seen.includes(tag)) {
      seen.push(tag);
      store.touch("ecr");
    }
    return {
      repository,
      tag,
      digest: digestOf(repository, tag),
      program: found.program,
      environment: Object.fromEntries(
        Object.entries(found.environment).map(([name, value]) => [name, value.replaceAll("$TAG", tag)]),
      ),
      pullFails: tag.endsWith("-missing"),
    };
  }

  const folderOf = (repository: string) => path.join(options.root, path.dirname(find(repository)?.program ?? "."));

  return {
    accountId: () => catalogue().accountId,
    repositories: () => Object.entries(catalogue().repositories),
    byTag,
    byDigest(repository, digest) {
      const tag = tags(repository).find((one) => digestOf(repository, one) === digest);
      return tag === undefined ? undefined : byTag(repository, tag);
    },
    tags,
    pushedAt: () => statSync(options.imagesFile, { throwIfNoEntry: false })?.mtime ?? new Date(0),
    sizeInBytes: (repository) => folderSize(folderOf(repository)),
  };
}

function matches(repository: Repository, tag: string): boolean {
  return repository.pattern !== undefined && new RegExp(repository.pattern).test(tag);
}

/** Stable: the same repository and tag are the same content for ever. */
function digestOf(repository: string, tag: string): string {
  return `sha256:${createHash("sha256").update(`${repository}:${tag}`).digest("hex")}`;
}

function readCatalogue(file: string, changed: number): Catalogue {
  if (changed === 0) {
    log.warn("there is no registry file: no image exists", { file });
    return { accountId: "000000000000", repositories: {} };
  }
  try {
    return File.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    log.error("the registry file cannot be read: no image exists", { file, error: String(error) });
    return { accountId: "000000000000", repositories: {} };
  }
}

/** What a layer of the program alone would weigh, on top of a base image. */
function folderSize(folder: string): number {
  const BASE_IMAGE_BYTES = 52_000_000;
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, BASE_IMAGE_BYTES);
  } catch {
    return BASE_IMAGE_BYTES;
  }
}
