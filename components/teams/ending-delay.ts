/** Longest delay of a browser's timer: about 24 days, far above an elevation. */
const longestMs = 2 ** 31 - 1;
/** The portal still calls it open: this clock is ahead of the portal's, nobody knows by how much. */
const aheadMs = 30_000;

/** How long to wait before a raised role that ends at `endsAt` is worth asking for again. */
export function endingDelayMs(endsAt: number, now: number): number {
  return endsAt <= now ? aheadMs : Math.min(longestMs, endsAt - now + 500);
}
