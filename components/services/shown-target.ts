import type { TargetDto } from "#server/services/schema.ts";

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
