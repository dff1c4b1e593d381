/** Failed sign-ins that one process remembers, and when they are too many. */
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

/** Forgets the failures of this person from this address, after a sign-in that worked. */
export function clearFailures(attempts: Attempts, attempt: Attempt): void {
  const [pair] = keysOf(attempt);
  if (pair) attempts.delete(pair[0]);
}

// Next bundles routes apart; they share what they remember.
const shared = globalThis as typeof globalThis & { quarterdeckAttempts?: Attempts };

/** What this process remembers. Each replica counts for itself, which multiplies the limits by their number. */
export function processAttempts(): Attempts {
  shared.quarterdeckAttempts ??= new Map();
  return shared.quarterdeckAttempts;
}
