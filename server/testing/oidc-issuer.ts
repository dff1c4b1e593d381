import { createHash, createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Claims = Record<string, unknown>;

/** A real, tiny OpenID Connect provider that signs everybody in who is sent to it, as the person it was told. */
export type OidcIssuer = {
  url: string;
  /** Claims of whoever signs in next; `userinfo` holds what only its userinfo endpoint tells. */
  next(person: { claims: Claims; userinfo?: Claims }): void;
  close(): Promise<void>;
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}

export async function startOidcIssuer(clientId: string): Promise<OidcIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  let person: { claims: Claims; userinfo?: Claims } = { claims: {} };
  const codes = new Map<string, { nonce: string | null; challenge: string | null }>();
  let url = "";

  const idToken = (nonce: string | null) => {
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      iss: url,
      aud: clientId,
      iat: seconds,
      exp: seconds + 60,
      ...(nonce ? { nonce } : {}),
      ...person.claims,
    };
    const signed = `${encode({ alg: "RS256", kid: "1", typ: "JWT" })}.${encode(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
  };
  const token = (form: URLSearchParams) => {
    const code = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!code || code.challenge !== challenge) return { status: 400, body: { error: "invalid_grant" } };
    return { status: 200, body: { access_token: randomUUID(), token_type: "Bearer", id_token: idToken(code.nonce) } };
  };
  const answers: Record<string, unknown> = {
    "/jwks": () => ({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] }),
    "/userinfo": () => ({ sub: person.claims.sub, ...person.userinfo }),
    "/.well-known/openid-configuration": () => ({
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      userinfo_endpoint: `${url}/userinfo`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    }),
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (pathname === "/authorize") {
      const code = randomUUID();
      codes.set(code, { nonce: searchParams.get("nonce"), challenge: searchParams.get("code_challenge") });
      const back = new URL(searchParams.get("redirect_uri") ?? url);
      back.search = String(new URLSearchParams({ code, state: searchParams.get("state") ?? "" }));
      response.writeHead(302, { location: back.href }).end();
    } else if (pathname === "/token") {
      const { status, body } = token(await formOf(request));
      send(status, body);
    } else {
      const answer = answers[pathname] as (() => unknown) | undefined;
      send(answer ? 200 : 404, answer?.() ?? {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    next: (given) => void (person = given),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
