/** What a release is called in an environment. */
export type Judgement = "good" | "bad" | "held";

type Verdict = { verdict: "good" | "bad"; held: boolean };

export function judgementOf(verdict: Verdict | undefined): Judgement | undefined {
  if (!verdict) return undefined;
  return verdict.held ? "held" : verdict.verdict;
}

export function verdictOf(judgement: Judgement): Verdict {
  return { verdict: judgement === "good" ? "good" : "bad", held: judgement === "held" };
}

/** The choices in words, with the verb of each; a hold is lifted by calling it anything else. */
export function choices(
  now: Judgement | undefined,
): Record<Judgement, { label: string; hint: string; action: string }> {
  const isHeld = now === "held";
  return {
    good: {
      label: "It works here",
      hint: isHeld
        ? "The hold is lifted. It is offered as a release to return to."
        : "It is offered as a release to return to.",
      action: isHeld ? "Lift hold and mark good" : "Mark good",
    },
    bad: {
      label: "It is bad here",
      hint: isHeld
        ? "The hold is lifted: whoever may deploy may deploy it, with a warning."
        : "Whoever may deploy may deploy it, with a warning. No rollback returns to it.",
      action: isHeld ? "Lift hold" : "Mark bad",
    },
    held: {
      label: "It is bad here, and held",
      hint: "Only who may judge releases can deploy it. What waits with it does not begin.",
      action: "Mark bad and hold",
    },
  };
}
