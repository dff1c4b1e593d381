import { createHash } from "node:crypto";
import type { Actor } from "../core/actor.ts";
import { allows, requiredRole } from "../core/permissions.ts";
import type { ArtefactDto } from "./schema.ts";

/** An image as people write it, taken apart. */
export type ImageReference = {
  /** Registry host and repository. */
  repository: string;
  tag: string | null;
  digest: string | null;
};

/** Takes `host/repository:tag@sha256:…` apart. A colon before the last slash is a port and no tag. */
export function parseImage(image: string): ImageReference {
  const [name = "", digest = null] = image.split("@");
  const colon = name.lastIndexOf(":");
  if (colon <= name.lastIndexOf("/")) return { repository: name, tag: null, digest };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}

/** Region of an image in ECR, from its host (`123456789012.dkr.ecr.eu-west-1.amazonaws.com`). */
export function regionOfImage(image: string): string | undefined {
  return /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\//.exec(image)?.[1];
}

/** What makes a release the one it is. The same version with other content is refused. */
export type ReleaseContent = {
  commit: string | null;
  branch: string | null;
  repository: string | null;
  description: string;
  artefacts: ArtefactDto[];
};

const byContainer = (a: ArtefactDto, b: ArtefactDto) => (a.container < b.container ? -1 : 1);

function lines({ artefacts, ...build }: ReleaseContent): Map<string, string> {
  const names = ["commit", "branch", "repository", "description"] as const;
  const entries = names.map((name): [string, string] => [name, build[name] ?? ""]);
  for (const one of artefacts.toSorted(byContainer)) {
    entries.push([`artefacts.${one.container}.image`, one.tag ? `${one.image}:${one.tag}` : one.image]);
    entries.push([`artefacts.${one.container}.digest`, one.digest]);
  }
  return new Map(entries);
}

/** SHA-256 over the content; the order in which containers are named does not matter. */
export function contentHash(content: ReleaseContent): string {
  return createHash("sha256")
    .update(JSON.stringify([...lines(content)]))
    .digest("hex");
}

/** Names of what differs, in the words of the API. */
export function contentDifferences(before: ReleaseContent, after: ReleaseContent): string[] {
  const [old, next] = [lines(before), lines(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((name) => old.get(name) !== next.get(name));
}

/** A release belongs to no environment: whoever may build for one environment of the service may post it. */
export function mayPostRelease(
  actor: Actor,
  {
    service,
    environments,
    now,
  }: { service: { id: string; teamId: string }; environments: { id: string; kind: string }[]; now: Date },
): true | string {
  const somewhere = environments.some((environment) => allows(actor, "releases:write", { service, environment }, now));
  if (somewhere || allows(actor, "releases:write", { service }, now)) return true;
  return `This needs the role ${requiredRole("releases:write")} on the service in some environment.`;
}
