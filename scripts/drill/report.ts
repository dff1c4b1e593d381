/** What one run was, and what it left. */
export type Seen = {
  number: number;
  place: string;
  version: string;
  intent: string;
  sabotage: string[];
  /** Each deployment that the place had in this run, oldest first: "1.1.0 succeeded". */
  ended: string[];
  seconds: number;
  /** Requests that the load balancer answered, and those that it did not. */
  answered: number;
  unanswered: number;
  violations: string[];
};

const widths = [4, 24, 16, 18, 46, 50, 5, 11];

function line(cells: string[]): string {
  return cells
    .map((cell, index) => cell.slice(0, widths[index]).padEnd(widths[index] ?? 0))
    .join(" ")
    .trimEnd();
}

export function header(): string {
  return line(["run", "place", "version", "intent", "sabotage", "ended", "s", "answered"]);
}

export function row(seen: Seen): string {
  const { number, place, version, intent, sabotage, ended, seconds, answered, unanswered, violations } = seen;
  const cells = [
    String(number),
    place,
    version,
    intent,
    sabotage.join(", ") || "none",
    ended.join(", "),
    seconds.toFixed(0),
    `${answered}/${answered + unanswered}`,
  ];
  return [line(cells), ...violations.map((one) => `     ✗ ${one}`)].join("\n");
}

/** How often what was done ended how, and the number that repeats it. */
export function summary(all: readonly Seen[], seed: number): string {
  const statuses = new Map<string, number>();
  for (const status of all.flatMap(({ ended }) => ended.map((one) => one.split(" ").at(-1) ?? ""))) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  const counts = [...statuses].toSorted((a, b) => b[1] - a[1]).map(([status, count]) => `${count} ${status}`);
  const bad = all.filter(({ violations }) => violations.length > 0);
  const verdict =
    bad.length === 0 ? "no violation" : `violations in ${bad.length}: ${bad.map(({ number }) => number).join(", ")}`;
  return `${all.length} runs with seed ${seed}: ${counts.join(", ")}; ${verdict}`;
}
