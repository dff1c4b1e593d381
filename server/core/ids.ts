import { v7 } from "uuid";

const prefixes = {
  user: "usr",
  identity: "idn",
  team: "team",
  grant: "grt",
  token: "tok",
  environment: "env",
  service: "svc",
  target: "tgt",
  release: "rel",
  deployment: "dep",
  deploymentTarget: "dtg",
  configVersion: "cfg",
  elevation: "elv",
  session: "ses",
  lock: "lck",
  act: "act",
  audit: "aud",
  change: "chg",
  event: "evt",
  request: "req",
} as const;

/** The smallest id of a kind that a thing of this moment can have, epoch milliseconds: UUIDv7 begins with them. */
export function firstId(kind: keyof typeof prefixes, ms: number): string {
  return `${prefixes[kind]}_${Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0")}`;
}

/** Ids carry the process clock of their making, which may differ a little from the column `at` of their row. */
const slackMs = 60_000;

/**
 * Conditions for rows of a kind from one moment, and until before another: by time, and by id as well, so that an index
 * of the ids leads to the first of them.
 */
export function madeBetween(kind: keyof typeof prefixes, from: string | undefined, to: string | undefined) {
  const [since, until] = [from, to].map((iso) => (iso === undefined ? undefined : new Date(iso)));
  return [
    ...(since ? [{ at: { gte: since }, id: { gte: firstId(kind, since.getTime() - slackMs) } }] : []),
    ...(until ? [{ at: { lt: until }, id: { lt: firstId(kind, until.getTime() + slackMs) } }] : []),
  ];
}

/** A time-ordered id with a readable prefix, such as `dep_0198…` (UUIDv7 without dashes). */
export function newId(kind: keyof typeof prefixes): string {
  return `${prefixes[kind]}_${v7().replaceAll("-", "")}`;
}
