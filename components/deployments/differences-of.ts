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

function readable(value: string): string {
  const image = /^(?:.*\/)?([^/@]+)@(sha256:[a-f0-9]{64})$/.exec(value);
  return image ? `${image[1]}@${shortDigest(image[2] ?? "")}` : value;
}
