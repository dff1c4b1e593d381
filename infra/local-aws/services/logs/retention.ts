import { invalidParameter } from "./errors.ts";

const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** One of the numbers of days that AWS offers. */
export function checkRetention(days = 0): number {
  if (RETENTION_DAYS.includes(days)) return days;
  throw invalidParameter(
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTION_DAYS.join(", ")}]`,
  );
}
