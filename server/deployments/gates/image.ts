import { pinned } from "../render.ts";
import type { ContainerImage } from "../render.ts";
import type { Gate, GateResult } from "./gate.ts";

const shown = (digest: string): string => digest.slice(0, "sha256:".length + 12);

/** No registry told the digest when it was adopted: whether the tag still means the same, nobody knows. */
function byTag(artefacts: readonly ContainerImage[], isRollback: boolean): GateResult {
  const facts = artefacts.map(({ container, image }) => ({ label: container, value: image, ok: isRollback }));
  const names = artefacts.map(({ image }) => image).join(", ");
  const reason = `${names} was adopted by its tag, and the tag may mean another image by now.`;
  // It ran here by the same reference, which is what going back means.
  return { result: isRollback ? "pass" : "inconclusive", reason, facts };
}

/** A release names its images by digest; a registry may have deleted one since. */
export const gate: Gate = {
  name: "image",
  title: "Images exist",
  runsOnRollback: true,
  overridable: true,

  async evaluate({ ports, placement, artefacts, kind }) {
    const untold = artefacts.filter(({ digest }) => digest === "");
    if (untold.length > 0) return byTag(untold, kind === "rollback");
    const facts = await Promise.all(
      artefacts.map(async (artefact) => {
        const found = await ports.registry.digest(pinned(artefact), placement.region);
        return {
          label: artefact.container,
          value: `${artefact.image} (${shown(artefact.digest)})`,
          ok: found === artefact.digest,
        };
      }),
    );
    const missing = facts.filter((fact) => !fact.ok);
    if (missing.length === 0) {
      const reason =
        facts.length === 1 ? "The image is in the registry." : `All ${facts.length} images are in the registry.`;
      return { result: "pass", reason, facts };
    }
    const reason = `The registry no longer has ${missing.map((fact) => fact.value).join(", ")}.`;
    return { result: "fail", reason, facts };
  },
};
