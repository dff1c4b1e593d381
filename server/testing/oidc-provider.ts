import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error -- the package has no types; what is used of it is typed below.
import ProviderOfPackage from "oidc-provider";
import { oidcMemory } from "./oidc-memory.ts";

type Claims = { sub: string; [name: string]: unknown };

/** Who sits in front of the provider's pages, and what they do there. */
export type Person = {
  claims: Claims;
  /** Tell the e-mail at the userinfo endpoint only. */
  isShyInIdToken?: boolean;
  /** Press Cancel instead of signing in. */
  cancels?: boolean;
};

type TokenContext = { path: string; body?: { id_token?: string } };
type Finished = { login: { accountId: string } } | { consent: { grantId: string } } | { error: string };
type Details = {
  prompt: { name: string; details: { missingOIDCScope?: string[] } };
  session?: { accountId: string };
  params: { client_id: string };
};
type Grant = { addOIDCScope(scope: string): void; save(): Promise<string> };
type Provider = {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  use(middleware: (context: TokenContext, next: () => Promise<void>) => Promise<void>): void;
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Details>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: Finished): Promise<void>;
  Grant: new (of: { accountId: string; clientId: string }) => Grant;
};
const ProviderClass = ProviderOfPackage as new (issuer: string, configuration: object) => Provider;

export type Client = { id: string; secret: string; redirectUri: string };

type Key = { kid: string; privateKey: KeyObject };
const newKey = (): Key => ({
  kid: randomUUID(),
  privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
});

function resigned(token: string, change: (claims: Claims) => Claims, { kid, privateKey }: Key): string {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid, typ: "JWT" })}.${part(change(claims))}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
}

const sendBack = (answer: Response) => answer.headers.get("location");

/** Goes through the provider's pages as a browser does, until it is sent somewhere else: that address. */
async function visit(from: URL): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = from;
  while (at.origin === from.origin) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      cookies.set(name, value);
    }
    const next = sendBack(answer);
    if (!next)
      throw new Error(
        `The provider answered ${answer.status} at ${at.pathname}: ${(await answer.text()).slice(0, 500)}`,
      );
    at = new URL(next, at);
  }
  return at;
}

/** The certified OpenID Connect provider of npm on a port of its own, with somebody in front of it. */
export async function startOidcProvider(clients: Client[]) {
  const memory = oidcMemory();
  let person: Person = { claims: { sub: "nobody" } };
  let key = newKey();
  let signsWith: Key | undefined;
  let change: ((claims: Claims) => Claims) | undefined;
  let provider: Provider;
  let server: Server;
  let url = "";

  const build = (): Provider => {
    const built = new ProviderClass(url, {
      adapter: memory,
      clients: clients.map(({ id, secret, redirectUri }) => ({
        client_id: id,
        client_secret: secret,
        redirect_uris: [redirectUri],
      })),
      jwks: { keys: [{ ...key.privateKey.export({ format: "jwk" }), kid: key.kid, alg: "RS256", use: "sig" }] },
      cookies: { keys: [randomUUID()] },
      claims: { email: ["email", "email_verified"], profile: ["name"] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: (use: string) =>
          use === "id_token" && person.isShyInIdToken ? { sub: accountId } : { ...person.claims, sub: accountId },
      }),
    });
    built.use(async (context, next) => {
      await next();
      const token = context.path === "/token" ? context.body?.id_token : undefined;
      if (token && context.body && (change || signsWith))
        context.body.id_token = resigned(token, change ?? ((claims) => claims), signsWith ?? key);
    });
    return built;
  };

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (person.cancels) return provider.interactionFinished(request, response, { error: "access_denied" });
    const { prompt, session, params } = await provider.interactionDetails(request, response);
    if (prompt.name === "login")
      return provider.interactionFinished(request, response, { login: { accountId: person.claims.sub } });
    const grant = new provider.Grant({ accountId: session?.accountId ?? "", clientId: params.client_id });
    grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(" "));
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };

  const listen = async (port: number): Promise<void> => {
    server = createServer((request, response) => {
      if (request.url?.startsWith("/interaction/")) void interact(request, response);
      else provider.callback()(request, response);
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  };
  const port = () => Number(new URL(url).port);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };

  await listen(0);
  url = `http://127.0.0.1:${(server!.address() as AddressInfo).port}`;
  provider = build();
  return {
    url,
    visit,
    /** Who signs in next. What was broken before is whole again. */
    next(given: Person) {
      person = given;
      [change, signsWith] = [undefined, undefined];
    },
    /** Puts other claims into the ID tokens from now on, signed by the provider's own key. */
    tamper: (how: (claims: Claims) => Claims) => void (change = how),
    /** Signs ID tokens with a key that the provider does not publish. */
    signWithUnknownKey: () => void (signsWith = { ...newKey(), kid: key.kid }),
    /** Other keys from now on: the old ones are no longer published. */
    rotateKeys() {
      key = newKey();
      provider = build();
    },
    stop: close,
    start: () => listen(port()),
    close,
  };
}

export type OidcProvider = Awaited<ReturnType<typeof startOidcProvider>>;
