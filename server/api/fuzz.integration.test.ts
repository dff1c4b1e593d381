import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { errorStatus, type ErrorCode } from "../core/errors.ts";
import { bearerOf } from "../testing/api-caller.ts";
import { deploymentScene } from "../testing/deployment-scene.ts";
import {
  createDeployment,
  createEnvironment,
  createRelease,
  createService,
  createTeam,
  createUser,
  grant,
} from "../testing/factories.ts";
import { fingerprintOf } from "../testing/fuzz/fingerprint.ts";
import { allOperations, type Operation } from "../testing/fuzz/operations.ts";
import { requestsTo, type Sent } from "../testing/fuzz/requests.ts";
import type { Known } from "../testing/fuzz/values.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createApi } from "./handler.ts";

const requestsPerOperation = 60;

const database = withDatabase();
const operations = await allOperations();

let answer: (request: Request) => Promise<Response>;
let fingerprint: () => Promise<string>;
let known: Known;
let callers: { admin: string; developer: string; viewer: string; nobody: string };

/** Rows of every kind, and of a second service and environment, so that references can point to the wrong one. */
async function prepare(): Promise<void> {
  const { db } = database;
  const scene = await deploymentScene(db);
  const team = await createTeam(db);
  const [service, environment] = [await createService(db), await createEnvironment(db, { kind: "staging" })];
  const stranger = await createRelease(db, { service, version: "7.0.0" });
  const failed = await createDeployment(db, { target: scene.target, release: scene.second, status: "rolled_back" });
  const victims = [
    await createUser(db, { grants: [grant("viewer")] }),
    await createUser(db, { grants: [grant("developer")] }),
  ];
  await bearerOf(db, "viewer");
  const ids = async (rows: Promise<{ id: string }[]>) => (await rows).map((row) => row.id);
  known = {
    service: [scene.service.slug, scene.service.id, service.slug],
    environment: [scene.environment.slug, scene.environment.id, environment.slug],
    release: [scene.first.id, scene.second.id, stranger.id],
    version: ["1.0.0", "1.1.0", "7.0.0", stranger.id],
    deployment: [scene.seeded?.deploymentId ?? "", failed.deploymentId],
    team: [team.slug, team.id],
    user: victims.map((one) => one.id),
    grant: await ids(db.grant.findMany({ where: { principalId: { in: victims.map((one) => one.id) } } })),
    token: await ids(db.apiToken.findMany()),
  };
  callers = {
    admin: await bearerOf(db, "admin"),
    developer: await bearerOf(db, "developer"),
    viewer: await bearerOf(db, "viewer"),
    nobody: await bearerOf(db, "nobody"),
  };
  // Otherwise the first call of each caller would note when it was used.
  await db.apiToken.updateMany({ data: { lastUsedAt: new Date("2100-01-01") } });
  answer = createApi({ db: () => db, ports: () => scene.fake.ports });
  fingerprint = await fingerprintOf(db);
}

beforeAll(prepare);

/** What every error answer must be. */
async function checkProblem(response: Response): Promise<void> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({
    status: response.status,
    code: expect.toSatisfy((code: ErrorCode) => errorStatus[code] === response.status),
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
    requestId: response.headers.get("x-request-id"),
  });
  if (problem["code"] === "invalid") expect(Object.keys(problem["fields"] ?? {})).not.toHaveLength(0);
}

async function check(sent: Sent, before: string): Promise<{ status: number; after: string }> {
  const { method, url, headers, body } = sent;
  const response = await answer(new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }));
  // Reads are looked at together, once all of them are answered: none of them may have changed anything.
  const after = method === "GET" ? before : await fingerprint();
  expect(response.status).toBeLessThan(500);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  const isKnown = [callers.admin, callers.developer, callers.viewer].includes(headers["authorization"] ?? "");
  if (!isKnown && !url.includes("/me")) expect(response.status).toBeGreaterThanOrEqual(400);
  if (response.status >= 400) await checkProblem(response);
  if (response.status >= 400) expect(after).toBe(before);
  return { status: response.status, after };
}

describe.each(operations.map((operation): [string, Operation] => [operation.id, operation]))("%s", (_id, operation) => {
  test("answers every input with a result or a problem, and a problem changes nothing", async () => {
    const { admin, developer, viewer, nobody } = callers;
    const authorizations = [
      admin,
      admin,
      admin,
      admin,
      admin,
      developer,
      viewer,
      nobody,
      undefined,
      "Bearer qd_wrong",
      "Basic YTpi",
    ];
    const statuses = new Set<number>();
    let state = await fingerprint();
    await fc.assert(
      fc.asyncProperty(requestsTo(operation, known, authorizations), async (sent) => {
        const { status, after } = await check(sent, state);
        state = after;
        statuses.add(status);
      }),
      { seed: 20261122, numRuns: requestsPerOperation, endOnFailure: true },
    );
    expect(await fingerprint(), "a read changed something").toBe(state);
    expect(statuses, "nobody got past the door").toContain(401);
    const isReached = [...statuses].some((status) => status < 400 || [403, 404, 409].includes(status));
    expect(isReached, "no input was ever good enough").toBe(true);
  });
});
