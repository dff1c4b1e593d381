import { shortDigest } from "#components/lib/format.ts";
import type { Difference } from "#components/ui/diff-list.tsx";
import type { DifferenceDto } from "#server/deployments/schema.ts";

/** Task definition differences as a diff: digests in images are cut to what people recognise. */
export function differencesOf(differences: readonly DifferenceDto[]): Difference[] {
  return differences.map(({ path, before, after }) => ({
    name: path,
    kind: before === null ? "added" : after === null ? "removed" : "changed",
    ...(before === null ? {} : { before: readable(before) }),
    ...(after === null ? {} : { after: readable(after) }),
  }));
}

/** An image without its registry and with a digest that people recognise; anything else as it is. */
function readable(value: string): string {
  const image = /^[^/\s]+\.[^/\s:]+(?::\d+)?\/(\S+)$/.exec(value)?.[1] ?? value;
  return image.replace(/sha256:[a-f0-9]{64}$/, shortDigest);
}

/** Whether variables are among the differences, by name: "backend.environment.LOG_LEVEL". */
export function namesVariables(differences: readonly DifferenceDto[]): boolean {
  return differences.some(({ path }) => /\.(environment|secrets)\./.test(path));
}
