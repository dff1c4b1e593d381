import { beforeAll, describe, expect, test, vi } from "vitest";
import { roles } from "../core/permissions.ts";
import type { Db } from "../db/client.ts";
import { requestOf } from "../testing/access/request.ts";
import { accessCallers, accessScene, type AccessScene, type Caller } from "../testing/access/scene.ts";
import { accessTable, type Rule } from "../testing/access/table.ts";
import { fingerprintOf } from "../testing/fuzz/fingerprint.ts";
import { allOperations, type Operation } from "../testing/fuzz/operations.ts";
import { withDatabase } from "../testing/with-database.ts";
import { createApi } from "./handler.ts";

vi.hoisted(() => void (process.env.AUTH_SECRET = "secret of the test"));

const database = withDatabase();
const operations = await allOperations();

let scene: AccessScene;
let callers: Caller[];
let fingerprint: () => Promise<string>;
let untouched: string;

beforeAll(async () => {
  scene = await accessScene(database.db);
  callers = await accessCallers(database.db, scene);
  fingerprint = await fingerprintOf(database.db);
  untouched = await fingerprint();
});

const undo = new Error("undo");

/** Lets an allowed call happen and takes back what it did, so that the next caller finds the same. */
async function inScratch(body: (db: Db) => Promise<number>): Promise<number> {
  let status = 0;
  const attempt = database.db.$transaction(async (tx) => {
    // Commands join a transaction that they are given; reads use the same methods.
    status = await body(tx as Db);
    throw undo;
  });
  await attempt.catch((error: unknown) => {
    if (error !== undo && status === 0) throw error;
  });
  return status;
}

async function statusOf(
  operation: Operation,
  input: Record<string, unknown>,
  { cookie, on }: { cookie: string | undefined; on: Db },
): Promise<number> {
  const answer = createApi({ db: () => on, ports: () => scene.ports });
  return (await answer(requestOf(operation, input, cookie))).status;
}

function expected({ least, on }: Rule, { role, reaches }: Caller): 401 | 403 | "allowed" {
  if (role === "nobody") return 401;
  if (least === "signed-in") return "allowed";
  const isEnough = role !== "none" && roles.indexOf(role) >= roles.indexOf(least);
  return isEnough && reaches.includes(on) ? "allowed" : 403;
}

const called = (status: number) =>
  status === 401 || status === 403 ? status : status < 500 || status === 502 ? "allowed" : status;

test("every operation has a row that says who may call it, and every row has an operation", () => {
  const ids = operations.map((operation) => operation.id).toSorted();
  const lacking = ids.filter((id) => !(id in accessTable));
  expect(lacking, "say in server/testing/access/table.ts who may call it").toEqual([]);
  expect(
    Object.keys(accessTable).filter((id) => !ids.includes(id)),
    "rows of operations that are gone",
  ).toEqual([]);
});

describe.each(operations.map((operation): [string, Operation] => [operation.id, operation]))("%s", (id, operation) => {
  const rules = [accessTable[id] ?? []].flat();

  test.each(rules.map((rule): [string, Rule] => [`needs ${rule.least}, ${rule.on}`, rule]))(
    "%s",
    async (_what, rule) => {
      const input = rule.input?.(scene.known) ?? {};
      const outcomes: Record<string, unknown> = {};
      const wanted: Record<string, unknown> = {};
      for (const caller of callers) {
        wanted[caller.name] = expected(rule, caller);
        const isRefused = wanted[caller.name] !== "allowed";
        const call = (on: Db) => statusOf(operation, input, { cookie: caller.cookie, on });
        // What is refused is really sent: it must change nothing. What is allowed is taken back.
        outcomes[caller.name] = called(await (isRefused ? call(database.db) : inScratch(call)));
      }
      expect(outcomes).toEqual(wanted);
      expect(await fingerprint(), "a refusal changed something").toBe(untouched);
    },
  );
});
