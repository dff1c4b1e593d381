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

/** Two connections, one for each processor of a small machine, with about as much to do each. */
const lanes: readonly (readonly Part[])[] = [
  [
    ["releases", fillReleases],
    ["deployments", fillDeployments],
    ["runs", fillRuns],
    ["steps", fillSteps],
    ["verdicts", fillVerdicts],
    ["changes", fillChanges],
  ],
  [["audit entries", fillAudit]],
];

const big = "deployments, deployment_targets, steps, releases, artefacts, verdicts, changes, audit_entries, events, tasks, service_events";

/** Fills an empty installation with as much as a large one has after years, for measuring. Ids are as the product makes them. */
export async function seedLoad({ databaseUrl, password, into, size, tell = () => {} }: Options): Promise<void> {
  const wanted = { ...loadSize, ...size };
  const clients = await Promise.all(lanes.map(() => bulkConnection(databaseUrl)));
  const [client] = clients;
  if (!client) throw new Error("There is at least one lane.");
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
    await Promise.all(
      lanes.map(async (parts, index) => {
        for (const [name, fill] of parts) await timed(name, () => fill(clients[index] ?? client));
      }),
    );
    await timed("targets, tasks and events", async () => {
      await settleTargets(client);
      await fillObserved(client);
      await fillEvents(client);
    });
    await timed("statistics", () => client.query(`vacuum (analyze) ${big}, targets, config_versions, variables`));
  } finally {
    await closeScratch(client).catch(() => undefined);
    await Promise.all(clients.map((one) => one.end()));
  }
}
