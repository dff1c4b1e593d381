import type { z } from "zod";
import { alarmCause, fixedCauses, healthDetail, noTargetCause, type FixedKind } from "./advice-causes.ts";
import type { AlarmState, Rollout, RuntimeTask, TargetHealth } from "./ports.ts";
import type { causeDto } from "./schema.ts";
import { stopSignal, type Signal } from "./stop-signals.ts";

/** Why a deployment ended badly, in words for a person: one sentence, what was seen with ECS's own words, what to do. */
export type Cause = z.infer<typeof causeDto>;

/** Everything that is known. Only tasks of `taskDefinitionArn` count, when it is given. */
export type Evidence = {
  /** A kind that the caller already knows: `superseded` and `stopped_by_person` need nothing else. */
  kind?: FixedKind | "verify" | undefined;
  rollout?: Rollout | undefined;
  taskDefinitionArn?: string | null | undefined;
  tasks?: readonly RuntimeTask[] | undefined;
  alarms?: readonly AlarmState[] | undefined;
  targets?: readonly TargetHealth[] | undefined;
  /** Events of the ECS service; those from before the rollout do not count. */
  events?: readonly { at: Date; message: string }[] | undefined;
  /** Last lines by task ARN. */
  lines?: Record<string, string[]> | undefined;
};

type Death = { task: RuntimeTask; signal: Signal };

const isOwnFault = ({ signal }: Death) => signal.kind !== "normal" && signal.kind !== "infrastructure";

/** Tasks of the version that stopped, each with why, newest first. */
function deaths({ tasks = [], taskDefinitionArn, rollout }: Evidence): Death[] {
  const arn = taskDefinitionArn ?? rollout?.to.taskDefinitionArn;
  return tasks
    .filter((task) => !arn || task.taskDefinitionArn === arn)
    .toSorted((a, b) => (b.stoppedAt?.getTime() ?? 0) - (a.stoppedAt?.getTime() ?? 0))
    .flatMap((task) => {
      const signal = stopSignal(task);
      return signal ? [{ task, signal }] : [];
    });
}

/** The deaths of the commonest kind; of equally common kinds, the newest death's. */
function commonest(all: Death[]): Death[] {
  const byKind = Map.groupBy(all, ({ signal }) => signal.kind);
  return [...byKind.values()].reduce<Death[]>((best, one) => (one.length > best.length ? one : best), []);
}

function ecsWords({ task }: Death): string {
  const words = [...new Set([task.stoppedReason, task.containerReason].filter((one) => one !== null && one !== ""))];
  return words.length > 0 ? `ECS said: ${words.join("; ")}` : "";
}

function breakerWords(rollout: Rollout | undefined): string {
  const breaker = rollout?.circuitBreaker;
  if (breaker?.status !== "TRIGGERED") return "";
  return `The circuit breaker ended the rollout after ${breaker.failures} failed tasks.`;
}

function countWords(same: Death[], all: Death[]): string {
  if (same.length < 2) return "";
  if (same.length === all.length) return `${same.length} tasks ended the same way.`;
  return `${same.length} of ${all.length} stopped tasks ended this way.`;
}

const joined = (...sentences: string[]) => sentences.filter(Boolean).join(" ");

function taskCause(evidence: Evidence, all: Death[]): Cause | undefined {
  const own = all.filter(isOwnFault);
  const chosen = own.length > 0 ? own : all.filter(({ signal }) => signal.kind === "infrastructure");
  const same = commonest(chosen);
  // The newest one whose lines are known, for they say most.
  const death = same.find(({ task }) => (evidence.lines?.[task.arn]?.length ?? 0) > 0) ?? same[0];
  if (!death) return undefined;
  const { task, signal } = death;
  const health = signal.kind === "health_check" ? healthDetail(signal, evidence) : undefined;
  const lines = evidence.lines?.[task.arn];
  const late = evidence.kind === "verify" ? "The rollout had already succeeded." : "";
  return {
    kind: signal.kind,
    headline: health ?? signal.headline,
    detail: joined(late, countWords(same, chosen), breakerWords(evidence.rollout), ecsWords(death)),
    advice: signal.advice,
    taskArn: task.arn,
    ...(task.containerName ? { container: task.containerName } : {}),
    ...(lines && lines.length > 0 ? { lines } : {}),
  };
}

/** Whether ECS gave up although it was to roll back: it found nothing to return to. */
function stalled({ rollout }: Evidence): boolean {
  if (!rollout || rollout.rollback) return false;
  const gaveUp = rollout.circuitBreaker?.status === "TRIGGERED" || rollout.alarms?.status === "TRIGGERED";
  return gaveUp && /no (rollback|previous|earlier)|rollback (target|candidate)/i.test(rollout.statusReason ?? "");
}

function unknownCause({ rollout }: Evidence): Cause {
  const words = rollout?.rollback?.reason ?? rollout?.statusReason;
  return {
    kind: "unknown",
    headline: "The rollout failed, and ECS does not say why.",
    detail: joined(breakerWords(rollout), words ? `ECS said: ${words}` : ""),
    advice:
      "Look at the service's events and at the tasks that stopped. ECS forgets stopped tasks after about an hour.",
  };
}

/**
 * One cause out of all that was seen. An alarm that ended the rollout comes first unless the circuit breaker did;
 * then what most of the version's tasks died of.
 */
export function explain(evidence: Evidence): Cause {
  const { kind } = evidence;
  if (kind === "superseded" || kind === "stopped_by_person" || kind === "stopped_outside")
    return { ...fixedCauses[kind] };
  const dead = deaths(evidence);
  const byTasks = taskCause(evidence, dead);
  const byAlarm = alarmCause(evidence);
  const breaker = evidence.rollout?.circuitBreaker?.status === "TRIGGERED";
  const [first, second] = breaker ? [byTasks, byAlarm] : [byAlarm, byTasks];
  const cause = first ?? second;
  if (stalled(evidence)) return noTargetCause(cause);
  if (cause) return cause;
  if (evidence.kind === "verify") return healthOnly(evidence) ?? { ...fixedCauses.verify };
  return unknownCause(evidence);
}

/** Verification may see targets fail before ECS has stopped their tasks. */
function healthOnly(evidence: Evidence): Cause | undefined {
  const headline = healthDetail({ kind: "health_check", headline: "", advice: "" }, evidence);
  if (!headline) return undefined;
  return { ...fixedCauses.verify, kind: "health_check", headline };
}
