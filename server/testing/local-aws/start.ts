import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const root = path.resolve(import.meta.dirname, "../../..");

export const localAccount = "000000000000";
export const localRegion = "us-east-1";
/** Where the portal acts with its own credentials: no role is set for it. */
export const localPlace = { environmentId: "env_local", accountId: localAccount, region: localRegion };
const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** One call as local AWS wrote it down. */
export type JournalEntry = {
  service: string;
  action: string;
  /** Access key id. */
  caller: string;
  outcome: string;
  effect: "changed" | "none";
  subject?: string;
  error?: string;
};

export type FaultKind = "throttle" | "unavailable" | "expired" | "denied" | "delay" | "drop-answer";

async function json<Out>(url: string, init?: RequestInit): Promise<Out> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  // Local AWS's own endpoints answer what their callers here expect.
  return (await response.json()) as Out;
}

/** Waits for the line that says where local AWS listens; fails with what it wrote when it ends before. */
async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  const seen: string[] = [];
  for await (const line of createInterface({ input: output })) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url) return url;
    seen.push(line);
  }
  throw new Error(`Local AWS did not start. ${seen.slice(-5).join("\n")}`);
}

/**
 * Starts local AWS as a process of its own on a free port, with an empty folder and sixty-fold time. It ends with
 * `close`, or with this process. `imagesFile` is relative to the repository.
 */
export async function startLocalAws(options: { timeScale?: number; imagesFile?: string } = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "quarterdeck-aws-"));
  const child = spawn(process.execPath, [path.join(root, "infra/local-aws/main.ts")], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      LOCAL_AWS_PORT: "0",
      DATA_DIR: dataDir,
      LOCAL_AWS_TIME_SCALE: String(options.timeScale ?? 60),
      LOCAL_AWS_IMAGES: options.imagesFile ?? "server/testing/local-aws/images.json",
      QUARTERDECK_PARENT_PIPE: "1",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await readUrl(child.stdout);
  child.stdout.resume();

  return {
    url,
    settings: { endpoint: url, credentials: localCredentials },
    /** Makes the next calls of an action fail; `drop-answer` carries the call out and loses its answer. */
    fault: (service: string, action: string, kind: FaultKind, times = 1) =>
      json(`${url}/_local/faults`, { method: "POST", body: JSON.stringify({ service, action, kind, times }) }),
    /** Describes a role: from then on only described ones can be taken in its account, with their external id. */
    describeRole: (role: { roleArn: string; externalId?: string; denied?: string[] }) =>
      json(`${url}/_local/roles`, { method: "PUT", body: JSON.stringify(role) }),
    /** Forgets a role and ends what was begun with it. */
    removeRole: (roleArn: string) =>
      json(`${url}/_local/roles?${new URLSearchParams({ roleArn })}`, { method: "DELETE" }),
    /** Forgets the service deployments of a service that have ended. */
    forgetRollouts: (service: string) =>
      json<{ forgotten: string[] }>(`${url}/_local/service-deployments?${new URLSearchParams({ service })}`, {
        method: "DELETE",
      }),
    clearFaults: () => json(`${url}/_local/faults`, { method: "DELETE" }),
    async journal(service: string, action: string): Promise<JournalEntry[]> {
      const query = new URLSearchParams({ service, action });
      return (await json<{ entries: JournalEntry[] }>(`${url}/_local/journal?${query}`)).entries;
    },
    /** Every call since a moment, in epoch ms. */
    async calls(since: number): Promise<JournalEntry[]> {
      return (await json<{ entries: JournalEntry[] }>(`${url}/_local/journal?since=${since}`)).entries;
    },
    async close(): Promise<void> {
      child.kill("SIGTERM");
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type LocalAwsProcess = Awaited<ReturnType<typeof startLocalAws>>;
