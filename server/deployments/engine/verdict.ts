import type { Tx } from "../../db/client.ts";

type NewVerdict = {
  releaseId: string;
  environmentId: string;
  verdict: "good" | "bad";
  /** Kept from being deployed here by anyone without the right to lift a hold. */
  held: boolean;
  reason: string;
  by: string;
  at: Date;
};

/** Says whether a release works in an environment; the latest word counts. */
export async function saveVerdict(tx: Tx, { releaseId, environmentId, ...word }: NewVerdict): Promise<void> {
  await tx.verdict.upsert({
    where: { releaseId_environmentId: { releaseId, environmentId } },
    create: { releaseId, environmentId, ...word },
    update: word,
  });
}
