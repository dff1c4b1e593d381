import type { Member } from "./pool.ts";
import type { ActionRecord, ConditionRecord, RuleRecord, Weighted } from "./state.ts";

/** The first rule whose conditions all hold; `rules` in order, the default rule last. */
export function chooseAction(rules: RuleRecord[], host: string, path: string): ActionRecord | undefined {
  return rules.find((rule) => rule.conditions.every((condition) => holds(condition, host, path)))?.action;
}

function holds(condition: ConditionRecord, host: string, path: string): boolean {
  if (condition.field === "path-pattern") return condition.values.some((pattern) => matchesPattern(pattern, path));
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return condition.values.some((pattern) => matchesPattern(pattern.toLowerCase(), name));
}

/** `*` is any run of characters, `?` exactly one; linear, unlike a regular expression made of it. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}

/** One group by weight; `random` in [0, 1). Undefined when all weights are zero, which ALB answers with 503. */
export function chooseGroup(groups: Weighted[], random: number): string | undefined {
  const total = groups.reduce((sum, group) => sum + group.weight, 0);
  let rest = random * total;
  for (const group of groups) {
    if (rest < group.weight) return group.targetGroupArn;
    rest -= group.weight;
  }
  return undefined;
}

/**
 * Targets that take traffic: the healthy ones, or, as ALB fails open, all registered ones when none is healthy.
 * Draining targets take none.
 */
export function candidates(members: Member[]): Member[] {
  const registered = members.filter((member) => member.health.state !== "draining");
  const healthy = registered.filter((member) => member.health.state === "healthy");
  return healthy.length > 0 ? healthy : registered;
}
