import type { NextAuthOptions } from "next-auth";
import { config, publicUrl, requiredSecret, type Config } from "../core/config.ts";
import { log } from "../core/log.ts";
import { db, type Db } from "../db/client.ts";
import { processAttempts } from "./attempts.ts";
import { signInWithPassword } from "./password-sign-in.ts";
import { signInWithProvider } from "./provider-sign-in.ts";
import { gitHubProvider, isEmailVerified, localProvider, oidcProvider, type Claims } from "./providers.ts";
import { sessionClaims, sessionMaxAge, usesSecureCookies } from "./session-cookie.ts";
import { beginSession, signOut, unknownCaller, type Caller } from "./sessions.ts";

/** next-auth hands the text of this error to the sign-in page; components/teams/sign-in-message.ts turns it into words. */
class Refused extends Error {}

/** `checkedHash` goes on to the session that begins, which makes sure that it is still the person's. */
type LocalUser = { id: string; checkedHash: string };

async function authorize(on: Db, raw: unknown, { address }: Caller): Promise<LocalUser> {
  const now = new Date();
  const result = await signInWithPassword(on, { raw, address: address || "unknown", attempts: processAttempts(), now });
  if (result.ok) return { id: result.userId, checkedHash: result.checkedHash };
  throw new Refused(result.reason === "limited" ? `limited:${result.minutes}` : result.reason);
}

function providers(settings: Config, on: Db, caller: Caller) {
  const { AUTH_GITHUB_URL, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET } = settings;
  const { AUTH_OIDC_ISSUER, AUTH_OIDC_ID, AUTH_OIDC_SECRET } = settings;
  return [
    ...(settings.AUTH_LOCAL === "enabled" ? [localProvider((raw) => authorize(on, raw, caller))] : []),
    ...(AUTH_GITHUB_ID && AUTH_GITHUB_SECRET
      ? [gitHubProvider(AUTH_GITHUB_URL, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET)]
      : []),
    ...(AUTH_OIDC_ISSUER && AUTH_OIDC_ID && AUTH_OIDC_SECRET
      ? [oidcProvider(AUTH_OIDC_ISSUER, AUTH_OIDC_ID, AUTH_OIDC_SECRET)]
      : []),
  ];
}

async function userIdOf(on: Db, provider: string, subject: string): Promise<string | undefined> {
  if (provider === "local") return subject;
  const identity = await on.identity.findUnique({ where: { provider_subject: { provider, subject } } });
  return identity?.userId;
}

/** Where next-auth may send people: addresses of the portal itself. */
function ownAddress(url: string, baseUrl: string): string {
  const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : undefined;
  return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}

/** The settings of next-auth, which nothing outside this folder knows. */
export function authOptions(settings: Config = config(), on: Db = db(), caller = unknownCaller): NextAuthOptions {
  // The only way to tell next-auth 4 its own address without trusting the Host header.
  process.env.NEXTAUTH_URL = publicUrl(settings);
  return {
    providers: providers(settings, on, caller),
    secret: requiredSecret("AUTH_SECRET", settings),
    session: { strategy: "jwt", maxAge: sessionMaxAge },
    jwt: { maxAge: sessionMaxAge },
    useSecureCookies: usesSecureCookies(settings),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/" },
    logger: {
      error: (code, metadata) =>
        log.warn(
          { code, err: metadata instanceof Error ? metadata : metadata.error },
          code === "SIGNOUT_ERROR" ? "sessions go on after a sign-out" : "sign-in failed",
        ),
      warn: (code) => log.warn({ code }, "next-auth"),
      debug: () => {},
    },
    events: {
      async signOut({ token }) {
        const claims = sessionClaims(token ?? {});
        if (claims) await signOut(on, claims);
      },
    },
    callbacks: {
      async signIn({ account, profile }) {
        if (!account || account.type === "credentials") return Boolean(account);
        const claims = profile as Claims;
        const result = await signInWithProvider(on, {
          provider: account.provider,
          subject: account.providerAccountId,
          email: claims.email,
          isEmailVerified: isEmailVerified(claims),
          name: claims.name,
        });
        return result.ok || `/sign-in?error=${result.reason}`;
      },
      async jwt({ token, account, user }) {
        if (!account) return token;
        const { provider, providerAccountId } = account;
        const userId = await userIdOf(on, provider, providerAccountId);
        const { checkedHash } = user as Partial<LocalUser>;
        const session = userId ? await beginSession(on, { userId, provider, caller, checkedHash }) : undefined;
        if (!session) throw new Error("The account of this sign-in is gone or has changed meanwhile.");
        return { sub: session.userId, sessionVersion: session.sessionVersion, sessionId: session.sessionId };
      },
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
  };
}
