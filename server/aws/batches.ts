/** Splits into lists of at most `size`, AWS's batch limits being 10, 20 or 100. */
export function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const result: Item[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}

type Page<Item> = { items: Item[] | undefined; next: string | undefined };

/** Reads pages until there are no more, or until `maxPages` (a bound on what one look may cost). */
export async function allPages<Item>(
  read: (token: string | undefined) => Promise<Page<Item>>,
  maxPages: number,
): Promise<Item[]> {
  const result: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const { items, next } = await read(token);
    result.push(...(items ?? []));
    if (!next || next === token) break;
    token = next;
  }
  return result;
}

/** Does the work of each item, at most `width` at a time; answers come in the order of the items. */
export async function inTurns<Item, Out>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  for (const group of batches(items, width)) results.push(...(await Promise.all(group.map(work))));
  return results;
}
