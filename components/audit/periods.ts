const hour = 3_600_000;

/** Lengths of time that the list can be narrowed to. A link that is shared carries the moments themselves. */
export const periods = [
  { value: "1h", label: "Last hour", ms: hour },
  { value: "24h", label: "Last 24 hours", ms: 24 * hour },
  { value: "7d", label: "Last 7 days", ms: 7 * 24 * hour },
  { value: "30d", label: "Last 30 days", ms: 30 * 24 * hour },
] as const;

/** The moment that a period begins, ISO 8601; `undefined` for a period that there is none of. */
export function beginningOf(period: string | null, now: number): string | undefined {
  const found = periods.find((one) => one.value === period);
  return found ? new Date(now - found.ms).toISOString() : undefined;
}
