import { loadavg } from "node:os";

/** The value that this share of the samples does not exceed; samples in any order, in any unit. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Runs work again and again, one after the other, and answers what each took in milliseconds. */
export async function timesOf(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await work(index);
    times.push(performance.now() - startedAt);
  }
  return times;
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

/** Prints a table with a headline and what else the machine was doing, without which no time means anything. */
export function printTable(title: string, rows: readonly Record<string, string | number>[]): void {
  console.log(`\n${title} (load average ${loadavg()[0]?.toFixed(1)})`);
  console.table(rows);
}

/** A bar that was held, or not. */
export const verdict = (held: boolean) => (held ? "held" : "MISSED");
