/** Records hold epoch milliseconds, answers hold dates; what has not happened is left out. */
export function dates<K extends string>(moments: Record<K, number | undefined>): Partial<Record<K, Date>> {
  const entries = Object.entries<number | undefined>(moments);
  const known = entries.filter((entry): entry is [K, number] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, ms]) => [name, new Date(ms)])) as Partial<Record<K, Date>>;
}
