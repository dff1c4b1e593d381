import type pg from "pg";
import { hashPassword } from "#server/auth/password.ts";
import { assertFillable } from "./assert-fillable.ts";
import { bulkConnection } from "./bulk.ts";
import { fillDeployments, fillRuns, fillSteps } from "./deployments.ts";
import { fillObserved } from "./observed.ts";
import { fillPlaces } from "./places.ts";
import { makePlan } from "./plan.ts";
import { fillAudit, fillChanges, fillEvents } from "./records.ts";
import { fillReleases, fillVerdicts, settleTargets } from "./releases.ts";
import { closeScratch, openScratch, type Size } from "./scratch.ts";

/** What is made unless something else is asked for: two years of a company with 200 services. */
export const loadSize: Size = { services: 200, deployments: 1_000_000, days: 730 };

type Options = {
  databaseUrl: string;
  /** Of everybody who is made; nobody can sign in with a password without it. */
  password?: string | undefined;
  /** `host:port/database`: fills this database even if it is remote or not empty. */
  into?: string | undefined;
  size?: Partial<Size>;
  /** Told what is being done, and what the part before took. */
  tell?: (line: string) => void;
};

type Part = [name: string, fill: (client: pg.Client) => Promise<void>];

/** Each fills tables of its own from the plan alone; the longest first, so that the connections end together. */
const parts: readonly Part[] = [
  ["audit entries", fillAudit],
  ["deployments", fillDeployments],
  ["steps", fillSteps],
  ["runs", fillRuns],
  ["changes", fillChanges],
  ["verdicts", fillVerdicts],
  ["releases", fillReleases],
  ["tasks, service events and variables", fillObserved],
];

/** One for each processor of a small machine, and others that work while those wait for the disk. */
const connections = 4;

/** Runs all of them, each on the next connection that has nothing to do. */
async function share<Job>(
  clients: readonly pg.Client[],
  jobs: readonly Job[],
  work: (client: pg.Client, job: Job) => Promise<void>,
): Promise<void> {
  const left = [...jobs];
  await Promise.all(
    clients.map(async (client) => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await work(client, job);
    }),
  );
}

const filled = [
  ...[
    "audit_entries",
    "steps",
    "deployments",
    "deployment_targets",
    "changes",
    "verdicts",
    "releases",
    "artefacts",
    "events",
  ],
  ...["tasks", "service_events", "targets", "config_versions", "variables"],
];

/** Fills an empty installation with as much as a large one has after years, for measuring. Ids are as the product makes them. */
export async function seedLoad({ databaseUrl, password, into, size, tell = () => {} }: Options): Promise<void> {
  const wanted = { ...loadSize, ...size };
  const clients = await Promise.all(Array.from({ length: connections }, () => bulkConnection(databaseUrl)));
  const [client] = clients;
  if (!client) throw new Error("There is at least one connection.");
  const timed = async (name: string, work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    tell(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  };
  try {
    await assertFillable(client, databaseUrl, into);
    const hash = password ? await hashPassword(password) : null;
    await openScratch(client);
    await timed("plan", async () => {
      await fillPlaces(client, wanted, hash);
      await makePlan(client, wanted);
    });
    await share(clients, parts, (each, [name, fill]) => timed(name, () => fill(each)));
    await timed("targets and events", async () => {
      await settleTargets(client);
      await fillEvents(client);
    });
    await timed("statistics", () =>
      share(
        clients,
        filled,
        async (each, table) => void (await each.query(`vacuum (analyze, index_cleanup off, truncate off) ${table}`)),
      ),
    );
  } finally {
    await closeScratch(client).catch(() => undefined);
    await Promise.all(clients.map((one) => one.end()));
  }
}
