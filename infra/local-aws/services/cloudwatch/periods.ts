/**
 * Where wall clock and AWS time meet: periods are counted from the epoch in AWS time, and with a time scale of S
 * a period of P AWS seconds lasts P/S seconds of wall clock.
 */
export type Periods = {
  /** Number of the period that a moment (epoch ms) falls into. */
  indexOf(at: number, periodSeconds: number): number;
  /** When a period begins, epoch ms with fractions. */
  startOf(index: number, periodSeconds: number): number;
};

/** A period's own start must not fall into the one before because of binary fractions. */
const TOLERANCE = 1e-3;

export function createPeriods(scale: number): Periods {
  return {
    indexOf: (at, periodSeconds) => Math.floor((at * scale) / (periodSeconds * 1000) + TOLERANCE),
    startOf: (index, periodSeconds) => (index * periodSeconds * 1000) / scale,
  };
}
