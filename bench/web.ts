import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import pg from "pg";
import { hashPassword } from "#server/auth/password.ts";
import { freePort } from "#server/testing/free-port.ts";
import { until } from "#server/testing/until.ts";

/** The portal's web process on a database, with somebody signed in. */
export type Web = {
  url: string;
  /** Header of the signed-in administrator of the load seed. */
  cookie: string;
  /** Memory that it holds, MiB. */
  memory(): number;
  /** Processor time that it has used, milliseconds. */
  cpu(): number;
  close(): Promise<void>;
};

const email = "admin@load.example";
const password = "bench-password";

/** Cookies of an answer, as a browser sends them back. */
function cookiesOf(response: Response): string[] {
  return response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
}

async function signIn(url: string): Promise<string> {
  const form = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await form.json()) as { csrfToken: string };
  const headers = { cookie: cookiesOf(form).join("; "), origin: url };
  const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
  const answer = await fetch(`${url}/api/auth/callback/local`, { method: "POST", headers, body, redirect: "manual" });
  const cookies = cookiesOf(answer);
  if (!cookies.some((cookie) => cookie.includes("session-token")))
    throw new Error(`Sign-in failed: ${answer.status} ${await answer.text()}`);
  return cookies.join("; ");
}

/** Starts the built console, which `npm run build` makes. Processor time is read where Linux keeps it. */
export async function startWeb(databaseUrl: string): Promise<Web> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("update users set password_hash = $1 where email = $2", [await hashPassword(password), email]);
  await client.end();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [".next/standalone/server.js"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      LOG_LEVEL: "error",
      PORT: String(port),
      HOSTNAME: "127.0.0.1",
      HOST: "127.0.0.1",
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: "s".repeat(43),
      AUDIT_KEY: "k".repeat(43),
      PUBLIC_URL: url,
      NEXTAUTH_URL: url,
      // One person asks for everything here.
      RATE_LIMIT_READS: "0",
      RATE_LIMIT_WRITES: "0",
      RATE_LIMIT_SIGN_INS: "0",
      LIVE_STREAMS_PER_PERSON: "0",
      // Nothing listens there: pages are made of what the database holds.
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    },
  });
  const ended = once(child, "exit");
  const answers = () =>
    fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
  await until(answers, Boolean, { withinMs: 60_000 });
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return {
    url,
    cookie: await signIn(url),
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    // User and system time, in hundredths of a second.
    cpu: () => (Number(stat()[11]) + Number(stat()[12])) * 10,
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
