import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { TokenSet } from "openid-client";
import type { Config } from "../core/config.ts";

/** Ways to sign in that this installation offers, as the sign-in page shows them. */
export type OfferedProvider = { id: "local" | "github" | "oidc"; name: string };

/** The sign-in ways that the configuration enables. */
export function offeredProviders(settings: Config): OfferedProvider[] {
  const offered: OfferedProvider[] = [];
  if (settings.AUTH_LOCAL === "enabled") offered.push({ id: "local", name: "E-mail and password" });
  if (settings.AUTH_GITHUB_ID && settings.AUTH_GITHUB_SECRET) offered.push({ id: "github", name: "GitHub" });
  if (settings.AUTH_OIDC_ISSUER && settings.AUTH_OIDC_ID && settings.AUTH_OIDC_SECRET) {
    offered.push({ id: "oidc", name: new URL(settings.AUTH_OIDC_ISSUER).host });
  }
  return offered;
}

type Authorize = (raw: unknown) => Promise<{ id: string } | null>;

/** E-mail and password. */
export function localProvider(authorize: Authorize) {
  return CredentialsProvider({
    id: "local",
    name: "E-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: (raw) => authorize(raw),
  });
}

/** Claims that decide a sign-in, whichever provider they come from. */
export type Claims = { sub: string; name?: string; email?: string; email_verified?: unknown; xms_edov?: unknown };

/** Whether the provider vouches for the e-mail. Some send the claim as text; Entra ID has one of its own instead. */
export function isEmailVerified(claims: Claims): boolean {
  const says = (value: unknown) => value === true || value === 1 || value === "true" || value === "1";
  return says(claims.email_verified) || (claims.email_verified === undefined && says(claims.xms_edov));
}

const profile = (claims: Claims) => ({ id: claims.sub, name: claims.name ?? null, email: claims.email ?? null });

type GitHubEmail = { email: string; primary: boolean; verified: boolean };

async function gitHubGet<T>(url: string, accessToken: string): Promise<T> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} for ${url}.`);
  return (await response.json()) as T;
}

/** Where the API of a GitHub is: github.com and the tenants of ghe.com have a host for it, a server of one's own a path. */
export function gitHubApi(url: string): string {
  const { protocol, host, hostname } = new URL(url);
  const hasHost = hostname === "github.com" || hostname.endsWith(".ghe.com");
  return hasHost ? `${protocol}//api.${host}` : `${url}/api/v3`;
}

/** GitHub at an address. Its profile's e-mail says nothing of verification, hence the list of e-mails is asked. */
export function gitHubProvider(address: string, clientId: string, clientSecret: string): OAuthConfig<Claims> {
  const url = address.replace(/\/+$/, "");
  const api = gitHubApi(url);
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    clientId,
    clientSecret,
    checks: ["pkce", "state"],
    authorization: { url: `${url}/login/oauth/authorize`, params: { scope: "read:user user:email" } },
    token: `${url}/login/oauth/access_token`,
    // An answer that carries `iss` is compared with this.
    issuer: `${url}/login/oauth`,
    userinfo: {
      url: `${api}/user`,
      request: async ({ tokens }) => {
        const accessToken = tokens.access_token ?? "";
        const user = await gitHubGet<{ id: number; login: string; name: string | null }>(`${api}/user`, accessToken);
        const emails = await gitHubGet<GitHubEmail[]>(`${api}/user/emails`, accessToken);
        const email =
          emails.find((one) => one.primary && one.verified) ?? emails.find((one) => one.verified) ?? emails[0];
        const known = email ? { email: email.email, email_verified: email.verified } : {};
        return { sub: String(user.id), name: user.name ?? user.login, ...known };
      },
    },
    profile,
  };
}

/** Any OpenID Connect provider, found by its issuer's discovery document. */
export function oidcProvider(issuer: string, clientId: string, clientSecret: string): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name: new URL(issuer).host,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: {
      // Some providers put the e-mail into the ID token, some answer it at the userinfo endpoint only.
      request: async ({ tokens, client }) => {
        const verified = tokens as TokenSet;
        const claims: Claims = verified.claims();
        if (claims.email && claims.email_verified !== undefined) return claims;
        const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(verified) : {};
        return { ...claims, ...more };
      },
    },
    profile,
  };
}
