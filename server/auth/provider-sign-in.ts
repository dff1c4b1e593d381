import { Prisma } from "../db/generated/client.ts";
import { systemContext, type Ctx } from "../core/context.ts";
import { newId } from "../core/ids.ts";
import { appendRecords } from "../core/record.ts";
import { inTransaction, type Db, type Tx } from "../db/client.ts";

/** What GitHub or an OpenID Connect provider says of the person. */
export type ProviderProfile = {
  provider: string;
  subject: string;
  email: string | undefined;
  /** True only when the provider says that the address belongs to the person. */
  isEmailVerified: boolean;
  name: string | undefined;
};

export type ProviderSignIn =
  { ok: true; userId: string } | { ok: false; reason: "no_email" | "email_unverified" | "disabled" };

type Known = { id: string; disabledAt: Date | null };

const outcome = (user: Known): ProviderSignIn =>
  user.disabledAt ? { ok: false, reason: "disabled" } : { ok: true, userId: user.id };

async function link(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  { provider, subject }: ProviderProfile,
  isNew: boolean,
): Promise<void> {
  await tx.identity.create({ data: { id: newId("identity"), userId, provider, subject } });
  const action = isNew ? "user.create" : "user.link";
  const changes = { provider: { before: null, after: provider } };
  await appendRecords(tx, ctx, [{ action, topic: "teams", subject: { kind: "user", id: userId }, changes }]);
}

/** Finds, links or creates the person, in the transaction of the sign-in. */
async function findOrCreate(ctx: Ctx, tx: Tx, profile: ProviderProfile): Promise<ProviderSignIn> {
  const { provider, subject } = profile;
  const identity = await tx.identity.findUnique({
    where: { provider_subject: { provider, subject } },
    include: { user: true },
  });
  if (identity) return outcome(identity.user);
  // An unverified address may be anybody's: neither an existing account nor a later owner's may be taken with it.
  const email = profile.email?.trim().toLowerCase();
  if (!email) return { ok: false, reason: "no_email" };
  if (!profile.isEmailVerified) return { ok: false, reason: "email_unverified" };
  const known = await tx.user.findUnique({ where: { email } });
  if (known?.disabledAt) return outcome(known);
  const user =
    known ??
    (await tx.user.create({ data: { id: newId("user"), email, name: (profile.name?.trim() || email).slice(0, 200) } }));
  await link(ctx, tx, user.id, profile, !known);
  return outcome(user);
}

/**
 * Signs a person in whom a provider vouches for. The first time it creates the account, without any grant: an admin
 * decides what a new person may do. An existing account is linked only through a verified e-mail.
 */
export async function signInWithProvider(on: Db, profile: ProviderProfile): Promise<ProviderSignIn> {
  const ctx = systemContext(on, { kind: "system", id: "sign-in" });
  const attempt = () => inTransaction(on, (tx) => findOrCreate(ctx, tx, profile));
  try {
    return await attempt();
  } catch (error) {
    // Two first sign-ins of one person at once: the second finds what the first created.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return attempt();
    throw error;
  }
}
