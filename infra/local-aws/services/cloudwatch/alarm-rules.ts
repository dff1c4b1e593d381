export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type TreatMissing = "missing" | "ignore" | "breaching" | "notBreaching";

export type Judged = {
  /** One per period, oldest first, undefined where no data came; longer than `evaluationPeriods` (see `rangeOf`). */
  points: (number | undefined)[];
  evaluationPeriods: number;
  datapointsToAlarm: number;
  treatMissing: TreatMissing;
  breaches: (value: number) => boolean;
};

export type Verdict = {
  /** Undefined: the state is kept. */
  state: AlarmState | undefined;
  /** Points that decided, newest first; age 0 is the newest period. */
  used: { value: number; age: number }[];
  /** Missing points that were counted as something. */
  filled: number;
};

const SPARE_PERIODS = 2;

/** Periods to look at: CloudWatch looks further back than the evaluation periods, so that a late point does not decide. */
export function rangeOf(evaluationPeriods: number): number {
  return evaluationPeriods + SPARE_PERIODS;
}

/**
 * State of an alarm by M out of N. With N points or more in the range, the N newest decide and missing ones do not
 * matter; with fewer, the missing ones count as the alarm says. (CloudWatch user guide, "Configuring how CloudWatch
 * alarms treat missing data".)
 */
export function judge(judged: Judged): Verdict {
  const { points, evaluationPeriods, datapointsToAlarm, breaches } = judged;
  const newestFirst = [...points].reverse();
  const existing = newestFirst
    .flatMap((value, age) => (value === undefined ? [] : [{ value, age }]))
    .slice(0, evaluationPeriods);
  const breaching = existing.filter(({ value }) => breaches(value)).length;
  const filled = evaluationPeriods - existing.length;
  const verdict = (state: AlarmState | undefined): Verdict => ({ state, used: existing, filled });
  if (breaching >= datapointsToAlarm) return verdict("ALARM");
  if (filled === 0) return verdict("OK");
  switch (judged.treatMissing) {
    case "breaching":
      return verdict(breaching + filled >= datapointsToAlarm ? "ALARM" : "OK");
    case "notBreaching":
      return verdict("OK");
    case "ignore":
      return verdict(existing.length > 0 && breaching === 0 ? "OK" : undefined);
    case "missing":
      if (existing.length === 0) return verdict("INSUFFICIENT_DATA");
      return verdict(breachesSinceLongEnough(newestFirst, judged) ? "ALARM" : "OK");
  }
}

/**
 * With few points an alarm also starts when the oldest one of the evaluation periods breaches, is as old as the
 * datapoints to alarm, and nothing after it was within the threshold.
 */
function breachesSinceLongEnough(newestFirst: (number | undefined)[], judged: Judged): boolean {
  const recent = newestFirst.slice(0, judged.evaluationPeriods);
  const oldest = recent.findLastIndex((value) => value !== undefined);
  const allBreach = recent.every((value) => value === undefined || judged.breaches(value));
  return oldest + 1 >= judged.datapointsToAlarm && allBreach;
}

const COMPARISONS = {
  GreaterThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value >= threshold,
    words: "greater than or equal to",
  },
  GreaterThanThreshold: { holds: (value: number, threshold: number) => value > threshold, words: "greater than" },
  LessThanThreshold: { holds: (value: number, threshold: number) => value < threshold, words: "less than" },
  LessThanOrEqualToThreshold: {
    holds: (value: number, threshold: number) => value <= threshold,
    words: "less than or equal to",
  },
} as const;

export type Comparison = keyof typeof COMPARISONS;

export function isComparison(name: string): name is Comparison {
  return Object.hasOwn(COMPARISONS, name);
}

export function breachTest(comparison: Comparison, threshold: number): (value: number) => boolean {
  return (value) => COMPARISONS[comparison].holds(value, threshold);
}

type Explained = {
  verdict: Verdict & { state: AlarmState };
  before: AlarmState;
  comparison: Comparison;
  threshold: number;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  treatMissing: TreatMissing;
  /** When the period of an age began, epoch ms. */
  startOf: (age: number) => number;
};

/** The sentence that CloudWatch gives as the reason of a state. */
export function explain(explained: Explained): string {
  const { verdict, before, comparison, threshold, evaluationPeriods, datapointsToAlarm, treatMissing } = explained;
  if (verdict.state === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${count(verdict.filled, "datapoint")} ${verdict.filled === 1 ? "was" : "were"} unknown.`;
  }
  if (verdict.used.length === 0) {
    const as = treatMissing === "breaching" ? "Breaching" : "NonBreaching";
    const were = verdict.filled === 1 ? "was" : "were";
    return `Threshold Crossed: no datapoints were received for ${count(verdict.filled, "period")} and ${count(verdict.filled, "missing datapoint")} ${were} treated as [${as}].`;
  }
  const breaches = breachTest(comparison, threshold);
  const isAlarm = verdict.state === "ALARM";
  const telling = verdict.used.filter(({ value }) => breaches(value) === isAlarm);
  const points = telling.map(({ value, age }) => `${decimal(value)} (${stamp(explained.startOf(age))})`);
  const needed = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const were = telling.length === 1 ? "was" : "were";
  return (
    `Threshold Crossed: ${telling.length} out of the last ${count(verdict.used.length, "datapoint")} ` +
    `[${points.join(", ")}] ${were} ${isAlarm ? "" : "not "}` +
    `${COMPARISONS[comparison].words} the threshold (${decimal(threshold)}) ` +
    `(minimum ${count(needed, "datapoint")} for ${before} -> ${verdict.state} transition).`
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `22/11/26 15:44:00` */
function stamp(at: number): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T([\d:]{8})/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${month}/${year} ${time}`;
}
