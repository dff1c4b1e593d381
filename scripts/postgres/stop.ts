import { isAlive, signal } from "../process/identity.ts";
import type { ProcessIdentity } from "../process/identity.ts";
import { waitUntil } from "../process/wait.ts";

/** PostgreSQL's shutdown modes by signal, gentlest first, each with the milliseconds it may take. */
const MODES = [
  ["SIGINT", 10_000],
  ["SIGQUIT", 3_000],
  ["SIGKILL", 30_000],
] as const;

/** Stops PostgreSQL: sessions are ended and everything is written, unless it takes too long. */
export async function stopPostmaster(identity: ProcessIdentity): Promise<void> {
  for (const [name, patienceMs] of MODES) {
    signal(identity, name);
    if (await waitUntil(() => !isAlive(identity), patienceMs)) return;
  }
}
