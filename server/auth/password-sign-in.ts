import { z } from "zod";
import { log } from "../core/log.ts";
import { text } from "../core/text.ts";
import type { Db } from "../db/client.ts";
import { minutesToWait, recordFailure, recordSuccess, type Attempts } from "./attempts.ts";
import { verifyPassword } from "./password.ts";

const credentials = z.object({ email: text(320, 1), password: text(1000, 1) });

export type PasswordSignIn =
  | { ok: true; userId: string; checkedHash: string }
  | { ok: false; reason: "wrong" | "disabled" }
  | { ok: false; reason: "limited"; minutes: number };

/** Checks an e-mail and a password. An unknown e-mail takes as long as a wrong password and answers the same. */
export async function signInWithPassword(
  on: Db,
  { raw, address, attempts, now }: { raw: unknown; address: string; attempts: Attempts; now: Date },
): Promise<PasswordSignIn> {
  const parsed = credentials.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: "wrong" };
  const email = parsed.data.email.trim().toLowerCase();
  const attempt = { email, address };
  const minutes = minutesToWait(attempts, attempt, now.getTime());
  if (minutes > 0) return { ok: false, reason: "limited", minutes };

  // Counted before the slow check, or a burst of tries would all pass the limit while the first is still computed.
  recordFailure(attempts, attempt, now.getTime());
  const user = await on.user.findUnique({ where: { email } });
  const isRight = await verifyPassword(parsed.data.password, user?.passwordHash);
  if (!user?.passwordHash || !isRight) {
    log.warn({ address, userId: user?.id }, "sign-in failed");
    return { ok: false, reason: "wrong" };
  }
  recordSuccess(attempts, attempt, now.getTime());
  if (user.disabledAt) return { ok: false, reason: "disabled" };
  return { ok: true, userId: user.id, checkedHash: user.passwordHash };
}
