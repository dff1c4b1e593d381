import type { SecretStateDto } from "./schema.ts";

/** A reference without key, stage and version: what is observed once, however often it is referred to. */
export function baseReference(valueFrom: string): string {
  const parts = valueFrom.split(":");
  if (parts[0] !== "arn") return parts[0] ?? valueFrom;
  return parts.slice(0, parts[2] === "ssm" ? 6 : 7).join(":");
}

/** What a secret or parameter is called, for where no variable is known that refers to it. */
export function secretName(reference: string): string {
  const parts = reference.split(":");
  if (parts[0] !== "arn") return reference;
  const name = parts.slice(parts[2] === "ssm" ? 5 : 6).join(":");
  return parts[2] === "ssm" ? name.replace(/^parameter/, "") : name.replace(/-[A-Za-z0-9]{6}$/, "");
}

/** The version that a reference is pinned to, or null when it follows the current one. */
export function pinOf(valueFrom: string): string | null {
  const parts = valueFrom.split(":");
  if (parts[0] !== "arn") return parts[1] || null;
  return (parts[2] === "ssm" ? parts[6] : parts[9]) || null;
}

export type Observed = { version: string | null; changedAt: Date | null; error: string | null };

type Judged = Pick<SecretStateDto, "state" | "headline">;

/**
 * What an observed secret means for tasks that run. An unpinned reference is resolved once, when a task starts: a
 * value that changed afterwards is not what the task has.
 */
export function judgeSecret(
  { valueFrom, names }: { valueFrom: string; names: string },
  observed: Observed | undefined,
  oldestStart: Date | null,
): Judged {
  if (!observed) return { state: "unknown", headline: `${names} has not been looked at yet.` };
  if (observed.error !== null) {
    return {
      state: "broken",
      headline: `${names} cannot be resolved: ${observed.error} Tasks that start now would fail.`,
    };
  }
  const pin = pinOf(valueFrom);
  if (pin !== null) {
    if (pin === observed.version) return { state: "current", headline: `${names} is pinned to the current version.` };
    const headline = `${names} has a newer value than the version that it is pinned to. Pin the current version and apply it.`;
    return { state: "pinned_old", headline };
  }
  if (oldestStart && observed.changedAt && observed.changedAt > oldestStart) {
    const headline = `${names} changed, and tasks still run with the old value. Restart them, or deploy.`;
    return { state: "changed", headline };
  }
  return { state: "current", headline: `${names} follows the current version, which the tasks have.` };
}
