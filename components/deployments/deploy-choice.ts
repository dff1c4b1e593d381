import type { PlanDto } from "#server/deployments/schema.ts";

const prefix = "override:";

/** Name of the box that overrides a gate. */
export function overrideField(gate: string): string {
  return `${prefix}${gate}`;
}

/** Gates whose box is checked. */
export function overridesOf(values: Record<string, string>): string[] {
  return Object.keys(values)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

type Blocking = Pick<PlanDto, "gates" | "canOverride" | "lock" | "held">;

/** Why the plan cannot be carried out by this person, whatever they check; undefined when it can. */
export function deployBlocker(plan: Blocking, onConflict: string): string | undefined {
  const { gates, canOverride, lock, held } = plan;
  if (lock && onConflict !== "queue") return lock.words;
  if (held && held.deploy !== true) return `It is held here: ${held.reason} ${held.deploy}`;
  const failing = gates.filter((gate) => gate.result === "fail");
  const fixed = failing.find((gate) => !gate.overridable);
  if (fixed) return `${fixed.title}: ${fixed.reason}`;
  if (failing[0] && canOverride !== true) return `“${failing[0].title}” fails. ${canOverride}`;
  return undefined;
}

type Option = PlanDto["options"][number];

/** "1.1.0", with what is known of it there: "1.0.0, runs there now", "1.0.9, good", "1.1.0-crash, bad". */
export function optionLabel(option: Option, currentId: string | undefined): string {
  const known = option.id === currentId ? "runs there now" : option.verdict;
  return known ? `${option.version}, ${known}` : option.version;
}

/** What runs there, and whether the chosen release would be a step back. */
export function nowRunning({ from, to, options }: Pick<PlanDto, "from" | "to" | "options">): string {
  if (!from) return "Nothing runs there yet.";
  const at = (id: string | undefined) => options.find((option) => option.id === id)?.at;
  const [chosen, running] = [at(to?.id), at(from.id)];
  if (!chosen || !running || chosen >= running) return `${from.version} runs there now.`;
  return `${from.version} runs there now and was posted later: this goes back. A rollback does so with fewer gates.`;
}

/** Why a rollback stops at a lock, for who may not pass it. */
export function lockBlocker({ lock }: Pick<PlanDto, "lock">): string | undefined {
  return lock && lock.pass !== true ? `${lock.words} ${lock.pass}` : undefined;
}
