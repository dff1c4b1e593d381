import type { NextAuthOptions } from "next-auth";
import { config, publicUrl, requiredSecret, type Config } from "../core/config.ts";
import { log } from "../core/log.ts";
import { db, type Db } from "../db/client.ts";
import { processAttempts } from "./attempts.ts";
import { signInWithPassword } from "./password-sign-in.ts";
import { signInWithProvider } from "./provider-sign-in.ts";
import { gitHubProvider, isEmailVerified, localProvider, oidcProvider, type Claims } from "./providers.ts";
import { sessionMaxAge, usesSecureCookies } from "./session-cookie.ts";
import { signOutEverywhere } from "./sign-out.ts";

/** The address that the proxy nearest to us saw; earlier entries of the header are the client's own words. */
function addressOf(headers: Record<string, string>): string {
  return headers["x-forwarded-for"]?.split(",").at(-1)?.trim() || "unknown";
}

/** next-auth hands the text of this error to the sign-in page; components/teams/sign-in-message.ts turns it into words. */
class Refused extends Error {}

async function authorize(on: Db, raw: unknown, headers: Record<string, string>): Promise<{ id: string }> {
  const now = new Date();
  const result = await signInWithPassword(on, { raw, address: addressOf(headers), attempts: processAttempts(), now });
  if (result.ok) return { id: result.userId };
  throw new Refused(result.reason === "limited" ? `limited:${result.minutes}` : result.reason);
}

function providers(settings: Config, on: Db) {
  const { AUTH_GITHUB_URL, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET } = settings;
  const { AUTH_OIDC_ISSUER, AUTH_OIDC_ID, AUTH_OIDC_SECRET } = settings;
  return [
    ...(settings.AUTH_LOCAL === "enabled" ? [localProvider((raw, headers) => authorize(on, raw, headers))] : []),
    ...(AUTH_GITHUB_ID && AUTH_GITHUB_SECRET ? [gitHubProvider(AUTH_GITHUB_URL, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET)] : []),
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
export function authOptions(settings: Config = config(), on: Db = db()): NextAuthOptions {
  // The only way to tell next-auth 4 its own address without trusting the Host header.
  process.env.NEXTAUTH_URL = publicUrl(settings);
  return {
    providers: providers(settings, on),
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
        if (typeof token?.sub !== "string" || typeof token.sessionVersion !== "number") return;
        await signOutEverywhere(on, { userId: token.sub, sessionVersion: token.sessionVersion });
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
      async jwt({ token, account }) {
        if (!account) return token;
        const userId = await userIdOf(on, account.provider, account.providerAccountId);
        const user = userId ? await on.user.findUniqueOrThrow({ where: { id: userId } }) : undefined;
        if (!user) throw new Error("The account of this sign-in is gone.");
        return { sub: user.id, sessionVersion: user.sessionVersion };
      },
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
  };
}
