import type { Cause, Evidence } from "./advice.ts";
import type { Signal } from "./stop-signals.ts";

export type FixedKind = "superseded" | "stopped_by_person" | "stopped_outside";

/** Causes that need no evidence. */
export const fixedCauses: Record<FixedKind | "verify", Cause> = {
  superseded: {
    kind: "superseded",
    headline: "Another deployment of the ECS service took this one's place.",
    detail: "ECS runs one deployment per service: a newer UpdateService stops the one before it.",
    advice: "Find out who updates the service outside the portal before deploying again.",
  },
  stopped_by_person: {
    kind: "stopped_by_person",
    headline: "A person stopped the rollout.",
    detail: "The rollout itself showed no failure.",
    advice: "Nothing to repair. Deploy again when it is wanted.",
  },
  stopped_outside: {
    kind: "stopped_outside",
    headline: "Somebody stopped the rollout in ECS, outside the portal.",
    detail: "ECS said: Service deployment rolled back because of a user request. The rollout itself showed no failure.",
    advice: "Find out who stopped it, and why, before deploying again.",
  },
  verify: {
    kind: "verify",
    headline: "The new version did not stay healthy after its rollout had succeeded.",
    detail: "ECS had finished the rollout and would have left the version running.",
    advice: "Look at what differs from the release before, and at its log around the time of the first failure.",
  },
};

const codes = /these codes: \[([\d, ]+)\]/i;
const path = / on (\/\S*)/;
const timedOut = /timed? ?out/i;

/** What the load balancer saw: its own description of a target, or the service event that quotes it. */
function observed({ targets = [], events = [], rollout }: Evidence): string | undefined {
  const fromTarget = targets.find((one) => one.state.startsWith("unhealthy") && one.description)?.description;
  const recent = events.filter(({ at }) => !rollout || at >= rollout.createdAt);
  const unhealthy = recent.find(({ message }) => /is unhealthy in .*due to/i.test(message))?.message;
  return fromTarget ?? unhealthy;
}

/** The health check's failure in a sentence, or undefined when nothing more than the failure is known. */
export function healthDetail(signal: Signal, evidence: Evidence): string | undefined {
  if (/own health check/.test(signal.headline)) return undefined;
  const words = observed(evidence);
  if (!words) return undefined;
  const where = path.exec(words)?.[1];
  const check = `Tasks failed the load balancer's health check${where ? ` on ${where}` : ""}`;
  const code = codes.exec(words)?.[1];
  const one = where ? "it" : "they";
  if (code) return `${check}: ${one} answered ${code}.`;
  return timedOut.test(words) ? `${check}: ${one} did not answer in time.` : `${check}.`;
}

/** The alarms that went off: those that ECS says ended the rollout, else those that are in ALARM now. */
export function alarmCause({ rollout, alarms = [], kind }: Evidence): Cause | undefined {
  const triggered = rollout?.alarms?.status === "TRIGGERED" ? rollout.alarms.triggered : [];
  const burning = kind === "verify" ? alarms.filter((one) => one.state === "ALARM").map((one) => one.name) : [];
  const names = triggered.length > 0 ? triggered : burning;
  if (names.length === 0) return undefined;
  const when = kind === "verify" ? "after the rollout had succeeded" : "during the rollout";
  const subject = names.length === 1 ? `The alarm ${names[0]}` : `The alarms ${names.join(", ")}`;
  const reasons = alarms
    .filter((one) => names.includes(one.name) && one.reason)
    .map((one) => `${one.name}: ${one.reason}`);
  return {
    kind: "alarm",
    headline: `${subject} went into ALARM ${when}.`,
    detail: reasons.join(" ") || "CloudWatch gives no reason.",
    advice: "Compare errors and latency of the new version with the one before. Deploy again once the alarm is OK.",
    alarms: names,
  };
}

/** ECS gave up and had nothing to return to: the cause stays, and so does the broken version. */
export function noTargetCause(cause: Cause | undefined): Cause {
  const stuck = "ECS found no completed deployment to return to, so the service still tries to run this version.";
  const advice = "Roll back to a release that is known to work: that is a new deployment, which ECS does accept.";
  if (cause) return { ...cause, detail: `${stuck} ${cause.detail}`.trim(), advice: `${advice} ${cause.advice}` };
  return {
    kind: "no_rollback_target",
    headline: "The rollout failed and could not be rolled back.",
    detail: stuck,
    advice,
  };
}
