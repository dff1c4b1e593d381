import type { ListedTargetDto, TargetDto } from "#server/services/schema.ts";

/** The target of the environment asked for; without a wish the last one, where the most is at stake. */
export function shownTarget<T extends { environment: Pick<TargetDto["environment"], "slug" | "kind"> }>(
  targets: readonly T[],
  asked: string | null,
): T | undefined {
  return (
    targets.find((target) => target.environment.slug === asked) ??
    targets.find((target) => target.environment.kind === "production") ??
    targets.at(-1)
  );
}

/** The deployment under way that rolling back undoes: the shown target's own, else the first of its environment. */
export function activeToUndo<T extends NonNullable<ListedTargetDto["active"]>>(
  shown: { active: T | null },
  here: readonly T[],
): T | undefined {
  return shown.active ?? here[0];
}
