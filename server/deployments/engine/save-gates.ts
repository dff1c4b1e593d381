import type { Ctx } from "../../core/context.ts";
import type { Tx } from "../../db/client.ts";
import type { Turn } from "./commit.ts";

/** Keeps what each gate answered, and who overrode it. */
export async function saveGates(tx: Tx, ctx: Ctx, { row, facts }: Turn): Promise<void> {
  for (const gate of facts.gates ?? []) {
    const overridden = gate.result !== "pass" && gate.overrideReason !== null;
    const columns = {
      result: overridden ? "overridden" : gate.result,
      reason: gate.reason,
      facts: gate.facts,
      at: ctx.now(),
      overrideReason: overridden ? gate.overrideReason : null,
      overriddenBy: overridden ? row.deployment.createdBy : null,
      overriddenAt: overridden ? ctx.now() : null,
    };
    await tx.gate.upsert({
      where: { deploymentTargetId_name: { deploymentTargetId: row.id, name: gate.name } },
      create: { deploymentTargetId: row.id, name: gate.name, ...columns },
      update: columns,
    });
  }
}
