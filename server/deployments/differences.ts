import type { DifferenceDto } from "./schema.ts";
import type { ContainerDefinition, TaskDefinition } from "./ports.ts";

type Flat = Map<string, string>;

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** Name and value pairs, such as variables, are told apart by name and not by position. */
function flattenPairs(path: string, pairs: unknown[], into: Flat): boolean {
  const named = pairs.every((one) => typeof one === "object" && one !== null && "name" in one);
  if (!named || pairs.length === 0) return false;
  for (const one of pairs as { name: string; value?: unknown; valueFrom?: unknown }[]) {
    const { name, ...rest } = one;
    const single = Object.values(rest);
    if (single.length === 1 && typeof single[0] !== "object") into.set(`${path}.${name}`, shown(single[0]));
    else flatten(`${path}.${name}`, rest, into);
  }
  return true;
}

function flatten(path: string, value: unknown, into: Flat): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    if (flattenPairs(path, value, into)) return;
    value.forEach((one, index) => flatten(`${path}[${index}]`, one, into));
  } else if (typeof value === "object") {
    for (const [key, one] of Object.entries(value)) flatten(path ? `${path}.${key}` : key, one, into);
  } else into.set(path, shown(value));
}

/** Containers by name, so that reordering them is no difference. */
function flatDefinition({ containerDefinitions, ...rest }: TaskDefinition): Flat {
  const flat: Flat = new Map();
  flatten("", rest, flat);
  for (const { name, ...container } of containerDefinitions as ContainerDefinition[]) flatten(name, container, flat);
  return flat;
}

/** Images by digest read badly: their first twelve digits tell them apart. */
const readable = (value: string | undefined) => value?.replace(/@sha256:([a-f0-9]{12})[a-f0-9]{52}/, "@$1") ?? null;

/** What differs between two task definitions, by path such as `backend.image`; pure. */
export function differences(before: TaskDefinition | null, after: TaskDefinition | null): DifferenceDto[] {
  if (!before || !after) return [];
  const old = flatDefinition(before);
  const fresh = flatDefinition(after);
  const paths = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  return paths
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => ({ path, before: readable(old.get(path)), after: readable(fresh.get(path)) }));
}
