import { oncePerProcess } from "../core/once-per-process.ts";

/** Failed sign-ins that one process remembers, those under way among them, and when they are too many. */
const windowMs = 15 * 60_000;
const limits = { pair: 8, email: 50, address: 60 };
const maxKeys = 20_000;

/** Moments of failures per key, oldest first. */
export type Attempts = Map<string, number[]>;

/** Who tried: the e-mail as typed in lower case, and the address that the nearest proxy saw. */
export type Attempt = { email: string; address: string };

function keysOf({ email, address }: Attempt): [string, number][] {
  return [
    [`pair ${address} ${email}`, limits.pair],
    [`email ${email}`, limits.email],
    [`address ${address}`, limits.address],
  ];
}

function recent(attempts: Attempts, key: string, now: number): number[] {
  return (attempts.get(key) ?? []).filter((at) => at > now - windowMs);
}

/** Minutes to wait before another try, 0 when one is allowed. `now` in epoch milliseconds. */
export function minutesToWait(attempts: Attempts, attempt: Attempt, now: number): number {
  const waits = keysOf(attempt).map(([key, limit]) => {
    const failures = recent(attempts, key, now);
    const decisive = failures[failures.length - limit];
    return decisive === undefined ? 0 : decisive + windowMs - now;
  });
  return Math.ceil(Math.max(...waits) / 60_000);
}

/** Remembers a failure. The oldest keys go first when there are too many. */
export function recordFailure(attempts: Attempts, attempt: Attempt, now: number): void {
  for (const [key, limit] of keysOf(attempt)) {
    const failures = [...recent(attempts, key, now), now].slice(-limit);
    attempts.delete(key);
    attempts.set(key, failures);
  }
  for (const key of attempts.keys()) {
    if (attempts.size <= maxKeys) break;
    attempts.delete(key);
  }
}

/** Takes one moment out of what a key remembers; nothing empty is kept. */
function forget(attempts: Attempts, key: string, at: number): void {
  const failures = attempts.get(key);
  const index = failures?.lastIndexOf(at) ?? -1;
  if (!failures || index < 0) return;
  const rest = failures.toSpliced(index, 1);
  if (rest.length > 0) attempts.set(key, rest);
  else attempts.delete(key);
}

/**
 * After a sign-in that worked: it was recorded at `at` and is no failure, and the person's earlier ones from this
 * address are forgotten. What others failed at, from the same address or for the same e-mail, stays counted.
 */
export function recordSuccess(attempts: Attempts, attempt: Attempt, at: number): void {
  const [pair, ...shared] = keysOf(attempt);
  if (pair) attempts.delete(pair[0]);
  for (const [key] of shared) forget(attempts, key, at);
}

/** What this process remembers. Each replica counts for itself, which multiplies the limits by their number. */
export function processAttempts(): Attempts {
  return oncePerProcess("sign-in attempts", () => new Map());
}
