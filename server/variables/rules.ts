import { createHash } from "node:crypto";
import type { ParityDto, VariableDifferenceDto, VariableDto } from "./schema.ts";
import { looksSecret } from "./secret-looks.ts";

const keyOf = ({ container, name }: Pick<VariableDto, "container" | "name">) => `${container}\0${name}`;

/** By name, then by container, in the order of their code points. */
export function sorted<One extends Pick<VariableDto, "container" | "name">>(entries: readonly One[]): One[] {
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return entries.toSorted((a, b) => order(a.name, b.name) || order(a.container, b.container));
}

/** SHA-256 over the entries; the order in which they are given does not matter. */
export function contentHash(entries: readonly VariableDto[]): string {
  const rows = sorted(entries).map((one) => [
    one.container,
    one.name,
    one.value,
    one.secret,
    one.secretKey,
    one.secretVersion,
  ]);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}

const covered = "•••";

/** A variable in one line. Never a secret's value, nor a plain one that looks like a secret. */
function shownValue(one: VariableDto): string {
  if (one.secret === null) return looksSecret(one.name, one.value ?? "") ? covered : (one.value ?? "");
  const name = one.secret.replace(/^arn:[^:]*:(secretsmanager|ssm):[^:]*:\d*:(secret:|parameter)?/, "");
  const key = one.secretKey === null ? "" : ` ${one.secretKey}`;
  return `secret ${name}${key} ${one.secretVersion === null ? "(current)" : `@${one.secretVersion.slice(0, 8)}`}`;
}

const sameContent = (a: VariableDto, b: VariableDto) =>
  a.value === b.value && a.secret === b.secret && a.secretKey === b.secretKey && a.secretVersion === b.secretVersion;

/** What differs between two sets of variables, by name; values that look like secrets are covered. */
export function diff(before: readonly VariableDto[], after: readonly VariableDto[]): VariableDifferenceDto[] {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const fresh = new Map(after.map((one) => [keyOf(one), one]));
  return sorted([...new Map([...old, ...fresh]).values()]).flatMap(({ container, name }) => {
    const [was, is] = [old.get(keyOf({ container, name })), fresh.get(keyOf({ container, name }))];
    if (was && is && sameContent(was, is)) return [];
    const change = !was ? "added" : !is ? "removed" : "changed";
    return [{ container, name, change, before: was ? shownValue(was) : null, after: is ? shownValue(is) : null }];
  });
}

/** The set after a patch: `set` replaces or adds, `unset` takes away. */
export function patched(
  current: readonly VariableDto[],
  { set, unset }: { set: readonly VariableDto[]; unset: readonly Pick<VariableDto, "container" | "name">[] },
): VariableDto[] {
  const next = new Map(current.map((one) => [keyOf(one), one]));
  for (const one of unset) next.delete(keyOf(one));
  for (const one of set) next.set(keyOf(one), one);
  return sorted([...next.values()]);
}

/** Names that are given twice for one container. */
export function repeated(entries: readonly Pick<VariableDto, "container" | "name">[]): string[] {
  const seen = new Set<string>();
  return entries.filter((one) => seen.size === seen.add(keyOf(one)).size).map((one) => one.name);
}

/** ECS refuses a task definition above 64 KB, of which variables are a part. */
export const mostBytes = 64 * 1024;

/** Bytes that the largest container's variables take in a task definition. */
export function bytesOf(entries: readonly VariableDto[]): number {
  const one = (entry: VariableDto) =>
    Buffer.byteLength(
      JSON.stringify({
        name: entry.name,
        value: entry.value ?? `${entry.secret}:${entry.secretKey ?? ""}::${entry.secretVersion ?? ""}`,
      }),
    ) + 1;
  return entries.reduce((total, entry) => total + one(entry), 0);
}

type Side = { slug: string; entries: readonly VariableDto[] };

const variables = (count: number) => `${count} ${count === 1 ? "variable" : "variables"}`;

function parityHeadline(here: string, there: string, lacks: number, extra: number, differ: number): string {
  const parts = [
    ...(lacks > 0 ? [`${here} lacks ${variables(lacks)} of ${there}`] : []),
    ...(extra > 0 ? [`${lacks > 0 ? "has" : `${here} has`} ${variables(extra)} that ${there} lacks`] : []),
    ...(differ > 0 ? [`${differ} ${differ === 1 ? "has another value" : "have other values"}`] : []),
  ];
  return parts.length > 0 ? `${parts.join("; ")}.` : `${here} and ${there} have the same variables.`;
}

/** How one environment's variables compare with another's. Versions of secrets always differ and do not count. */
export function parity(here: Side, there: Side): Omit<ParityDto, "environment" | "with"> {
  const unpinned = (entries: readonly VariableDto[]) => entries.map((one) => ({ ...one, secretVersion: null }));
  const all = diff(unpinned(there.entries), unpinned(here.entries));
  const named = (change: VariableDifferenceDto["change"]) =>
    all.filter((one) => one.change === change).map(({ container, name }) => ({ container, name }));
  const [lacks, extra] = [named("removed"), named("added")];
  const differences = all.filter((one) => one.change === "changed");
  return {
    lacks,
    extra,
    differences,
    same: here.entries.length - extra.length - differences.length,
    headline: parityHeadline(here.slug, there.slug, lacks.length, extra.length, differences.length),
  };
}
