import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Email = { email: string; primary: boolean; verified: boolean };

/** An account at GitHub. `email` is the public one of the profile; null when it is kept private. */
export type GitHubPerson = { id: number; login: string; name: string | null; email: string | null; emails: Email[] };

/** A real, tiny GitHub Enterprise: its OAuth web flow, and of its API what a sign-in asks. */
export type GitHubServer = {
  url: string;
  /** Who signs in next, and whether they press Authorize or Cancel. */
  next(person: GitHubPerson, presses?: "authorize" | "cancel"): void;
  close(): Promise<void>;
};

type Grant = { challenge: string | null; redirectUri: string | null; scope: string | null };

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}

/** Id and secret of the application, in the header or in the body: GitHub takes both. */
function clientOf(request: IncomingMessage, form: URLSearchParams): string {
  const [scheme, basic = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme === "Basic") return decodeURIComponent(Buffer.from(basic, "base64").toString());
  return `${form.get("client_id")}:${form.get("client_secret")}`;
}

export async function startGitHubServer(clientId: string, clientSecret: string): Promise<GitHubServer> {
  let person: GitHubPerson | undefined;
  let presses: "authorize" | "cancel" = "authorize";
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, { scope: string; person: GitHubPerson | undefined }>();
  let url = "";

  const authorize = (query: URLSearchParams): string => {
    const back = new URL(query.get("redirect_uri") ?? url);
    const state = query.get("state") ?? "";
    if (presses === "cancel") {
      const error_description = "The user has denied your application access.";
      back.search = String(new URLSearchParams({ error: "access_denied", error_description, state }));
      return back.href;
    }
    const code = randomUUID();
    const given = (name: string) => query.get(name);
    grants.set(code, { challenge: given("code_challenge"), redirectUri: given("redirect_uri"), scope: given("scope") });
    back.search = String(new URLSearchParams({ code, state }));
    return back.href;
  };

  /** GitHub refuses with status 200. */
  const accessToken = (request: IncomingMessage, form: URLSearchParams): unknown => {
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    if (clientOf(request, form) !== `${clientId}:${clientSecret}`) return { error: "incorrect_client_credentials" };
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const fits = grant && grant.challenge === challenge && grant.redirectUri === form.get("redirect_uri");
    if (!fits) return { error: "bad_verification_code", error_description: "The code passed is incorrect or expired." };
    const access_token = `gho_${randomUUID()}`;
    tokens.set(access_token, { scope: grant.scope ?? "", person });
    return { access_token, scope: (grant.scope ?? "").replaceAll(" ", ","), token_type: "bearer" };
  };

  const api = (path: string, authorization: string): { status: number; body: unknown } => {
    const session = tokens.get(authorization.replace(/^(bearer|token) /i, ""));
    if (!session?.person) return { status: 401, body: { message: "Bad credentials" } };
    const { emails, ...user } = session.person;
    if (path === "/api/v3/user") return { status: 200, body: user };
    const mayRead = path === "/api/v3/user/emails" && session.scope.split(" ").includes("user:email");
    return mayRead ? { status: 200, body: emails } : { status: 404, body: { message: "Not Found" } };
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
    if (request.method === "GET" && pathname === "/login/oauth/authorize") {
      const known = searchParams.get("client_id") === clientId;
      if (known) response.writeHead(302, { location: authorize(searchParams) }).end();
      else send(404, { message: "Not Found" });
    } else if (request.method === "POST" && pathname === "/login/oauth/access_token") {
      send(200, accessToken(request, await formOf(request)));
    } else {
      const { status, body } = api(pathname, request.headers.authorization ?? "");
      send(status, body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    next: (given, action = "authorize") => {
      person = given;
      presses = action;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
