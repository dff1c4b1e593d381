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

/** A time-ordered id with a readable prefix, such as `dep_0198…` (UUIDv7 without dashes). */
export function newId(kind: keyof typeof prefixes): string {
  return `${prefixes[kind]}_${v7().replaceAll("-", "")}`;
}
