import type { Difference } from "#components/ui/diff-list.tsx";
import type { ShownVariableDto, VariableDifferenceDto } from "#server/variables/schema.ts";

/** A variable as a person wrote it. `secretVersion` absent pins the present version, null follows the current one. */
export type WrittenVariable = {
  container: string;
  name: string;
  value: string | null;
  secret: string | null;
  secretKey: string | null;
  secretVersion?: string | null;
};

/** Changes that are not saved yet, by key: null takes the variable away. */
export type Draft = ReadonlyMap<string, WrittenVariable | null>;

export const noDraft: Draft = new Map();

/** A variable's identity: its name in its container. */
export function keyOf({ container, name }: { container: string; name: string }): string {
  return `${container}/${name}`;
}

/** "LOG_LEVEL", or "LOG_LEVEL in envoy" where it is not for every container. */
export function nameOf({ container, name }: { container: string; name: string }): string {
  return container === "*" ? name : `${name} in ${container}`;
}

/** A secret's reference without what every ARN begins with. */
export function secretName(reference: string): string {
  return reference.replace(/^arn:[^:]*:(?:secretsmanager|ssm):[^:]*:\d*:(?:secret:|parameter)?/, "");
}

const covered = "•••";

/** A variable's content in one line; what looks like a secret is covered. */
export function contentOf(one: WrittenVariable & { sensitive?: boolean }): string {
  if (one.secret === null) return one.sensitive ? covered : (one.value ?? "");
  const key = one.secretKey ? ` ${one.secretKey}` : "";
  const version =
    one.secretVersion === undefined
      ? "present version"
      : one.secretVersion === null
        ? "current"
        : `@${one.secretVersion.slice(0, 8)}`;
  return `secret ${secretName(one.secret)}${key} (${version})`;
}

/** What a draft would change in what is there, for review before saving. */
export function draftDifferences(entries: readonly ShownVariableDto[], draft: Draft): Difference[] {
  const there = new Map(entries.map((one) => [keyOf(one), one]));
  return [...draft].flatMap(([key, written]): Difference[] => {
    const before = there.get(key);
    if (!written) return before ? [{ name: nameOf(before), kind: "removed", before: contentOf(before) }] : [];
    const after = contentOf(written);
    if (!before) return [{ name: nameOf(written), kind: "added", after }];
    return [{ name: nameOf(written), kind: "changed", before: contentOf(before), after }];
  });
}

/** Rows of the table: what is there with the draft's changes marked, what is new among it, by name. */
export type Row = (ShownVariableDto | (WrittenVariable & { sensitive: boolean })) & {
  mark: "added" | "changed" | "removed" | null;
};

export function rowsOf(entries: readonly ShownVariableDto[], draft: Draft): Row[] {
  const rows = new Map<string, Row>(entries.map((one) => [keyOf(one), { ...one, mark: null }]));
  for (const [key, written] of draft) {
    const before = rows.get(key);
    if (written) rows.set(key, { ...written, sensitive: false, mark: before ? "changed" : "added" });
    else if (before) rows.set(key, { ...before, mark: "removed" });
  }
  return [...rows.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The draft as the API takes it. */
export function patchOf(draft: Draft) {
  const written = [...draft.values()].filter((one) => one !== null);
  const gone = [...draft].filter(([, one]) => one === null).map(([key]) => key);
  const unset = gone.map((key) => ({
    container: key.slice(0, key.indexOf("/")),
    name: key.slice(key.indexOf("/") + 1),
  }));
  return { set: written, unset };
}

/** The API's differences as a list shows them. */
export function shownDifferences(differences: readonly VariableDifferenceDto[]): Difference[] {
  return differences.map((one) => ({
    name: nameOf(one),
    kind: one.change,
    ...(one.before === null ? {} : { before: one.before }),
    ...(one.after === null ? {} : { after: one.after }),
  }));
}
