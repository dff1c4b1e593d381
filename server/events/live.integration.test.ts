import { afterEach, describe, expect, test } from "vitest";
import pg from "pg";
import { actors } from "../testing/factories.ts";
import { until as untilRead } from "../testing/until.ts";
import { withDatabase } from "../testing/with-database.ts";
import type { Actor } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { notifyFacts } from "./facts.ts";
import { startListener, type Listener } from "./listen.ts";
import { eventStream } from "./stream.ts";

const database = withDatabase();
const until = (done: () => boolean) => untilRead(() => Promise.resolve(done()), Boolean, { everyMs: 20 });
const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

function listen(): Listener {
  const listener = startListener(database.url);
  open.push(listener);
  return listener;
}

/** A page's stream: its messages as they come. */
function follow(
  listener: Listener,
  lastEventId: string | null = null,
  actor: () => Promise<Actor | undefined> = () => Promise.resolve(actors.viewer),
) {
  const abort = new AbortController();
  const stream = eventStream({
    db: database.db,
    listener,
    lastEventId,
    signal: abort.signal,
    actorId: actors.viewer.id,
    actor,
  });
  const messages: { id: string | undefined; event: string; data: { id?: string; topic?: string } }[] = [];
  const ended = (async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      for (let at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n")) {
        const fields = new Map(
          text
            .slice(0, at)
            .split("\n")
            .map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)]),
        );
        text = text.slice(at + 2);
        const data = fields.get("data");
        if (data) messages.push({ id: fields.get("id"), event: fields.get("event") ?? "", data: JSON.parse(data) });
      }
    }
  })();
  open.push({ close: () => abort.abort() });
  const told = () => messages.filter((one) => one.event === "change").map((one) => one.data.id);
  return { messages, told, ended, abort: () => abort.abort() };
}

/** An event as a command writes it: in a transaction, with a notification. */
async function write(subjectId: string, before?: () => Promise<void>, topic = "deployments"): Promise<void> {
  await database.db.$transaction(
    async (tx) => {
      await tx.event.create({ data: { id: newId("event"), topic, action: "deployment.create", subjectId } });
      await tx.$executeRaw`select pg_notify('quarterdeck_pending', '')`;
      await before?.();
    },
    { timeout: 60_000 },
  );
}

const hello = (page: ReturnType<typeof follow>) => until(() => page.messages.some((one) => one.event === "hello"));

describe("a live page", () => {
  test("is told of a commit, with a cursor to come back to", async () => {
    const page = follow(listen());
    await hello(page);
    await write("dep_1");
    await until(() => page.told().includes("dep_1"));
    expect(page.messages.find((one) => one.event === "change")).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      data: { topic: "deployments" },
    });
  });

  test("that was away hears each event that it missed once, in order", async () => {
    const first = follow(listen());
    await hello(first);
    await write("dep_before");
    await until(() => first.told().includes("dep_before"));
    const cursor = first.messages.at(-1)?.id ?? "";
    first.abort();
    await first.ended;
    for (const id of ["dep_a", "dep_b", "dep_c"]) await write(id);
    const second = follow(listen(), cursor);
    await until(() => second.told().length >= 3);
    expect(second.told()).toEqual(["dep_a", "dep_b", "dep_c"]);
  });

  test("misses nothing when an older transaction ends late", async () => {
    const page = follow(listen());
    await hello(page);
    await write("dep_late", async () => {
      await write("dep_early");
      await until(() => page.told().includes("dep_early"));
    });
    await until(() => page.told().includes("dep_late"));
    const cursors = page.messages.filter((one) => one.event === "change").map((one) => BigInt(one.id ?? "0"));
    expect(cursors).toEqual(cursors.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test("whose session ends is told so at once, and ends", async () => {
    let isSignedIn = true;
    const page = follow(listen(), null, () => Promise.resolve(isSignedIn ? actors.viewer : undefined));
    await hello(page);
    await write(actors.admin.id, undefined, "teams");
    await until(() => page.told().includes(actors.admin.id));
    // Something else about the person ends nothing.
    await write(actors.viewer.id, undefined, "teams");
    await until(() => page.told().includes(actors.viewer.id));
    isSignedIn = false;
    await write(actors.viewer.id, undefined, "teams");
    await page.ended;
    expect(page.messages.at(-1)).toMatchObject({ event: "ended" });
  });

  test("with a cursor from another database is told to load everything", async () => {
    const page = follow(listen(), "999999999");
    await until(() => page.messages.some((one) => one.event === "reset"));
  });

  test("hears the last of a burst of facts", async () => {
    const listener = listen();
    const page = follow(listener);
    await hello(page);
    // Facts are not replayed: what is told before anybody listens is gone.
    await until(() => listener.connected);
    for (let count = 0; count < 5; count += 1) await notifyFacts(database.db, "services", "svc_1");
    await until(() => page.messages.some((one) => one.event === "facts"));
    const before = page.messages.length;
    await notifyFacts(database.db, "services", "svc_1");
    await until(() => page.messages.length > before);
  });

  test("is told what happened while the database's connection was cut", async () => {
    const listener = listen();
    const page = follow(listener);
    await hello(page);
    await until(() => listener.connected);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'quarterdeck listen' and datname = current_database()",
    );
    await write("dep_cut");
    await until(() => page.told().includes("dep_cut"));
    const { rows } = await admin.query(
      "select count(*)::int as n from pg_stat_activity where application_name = 'quarterdeck listen' and datname = current_database()",
    );
    expect(rows[0].n).toBe(1);
    await admin.end();
  });
});
