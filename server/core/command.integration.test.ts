import { describe, expect, test } from "vitest";
import { z } from "zod";
import { actors, grant, testContext, userActor } from "../testing/factories.ts";
import { recordedOf, rowCounts, withDatabase } from "../testing/with-database.ts";
import { command } from "./command.ts";
import { newId } from "./ids.ts";
import { text } from "./text.ts";

const database = withDatabase();
const steps: string[] = [];

type Outcome = "record" | "nothing" | "unchanged" | "throw";

/** Writes a team, which every case can see, and then does as it is told. */
const write = command({
  name: "writeTeam",
  permission: "people:write",
  input: z.object({ slug: text(40, 1), outcome: z.custom<Outcome>() }),
  async prepare(_ctx, input) {
    steps.push(`prepare ${input.slug}`);
    return input.slug.toUpperCase();
  },
  async run(ctx, { slug, outcome }, name) {
    steps.push(`run ${slug}`);
    const id = newId("team");
    await ctx.tx.team.create({ data: { id, slug, name } });
    if (outcome === "throw") throw new Error("halfway");
    if (outcome === "unchanged") ctx.unchanged();
    if (outcome === "record") {
      ctx.record({
        action: "team.create",
        topic: "teams",
        subject: { kind: "team", id },
        changes: { slug },
        reason: "test",
      });
    }
    return id;
  },
});

const admin = () => testContext(database.db, actors.admin);
const slug = () => newId("team").replace("_", "-");

describe("a command", () => {
  test("prepares, runs, and leaves an audit entry and an event of who did it", async () => {
    steps.length = 0;
    const ctx = admin();
    const name = slug();
    const id = await write(ctx, { slug: name, outcome: "record" });
    expect(steps).toEqual([`prepare ${name}`, `run ${name}`]);
    expect(await database.db.team.findUnique({ where: { id } })).toMatchObject({ name: name.toUpperCase() });
    const { audit, events } = await recordedOf(database.db, id);
    expect(audit).toMatchObject([
      { action: "team.create", actorKind: "user", actorId: actors.admin.id, requestId: ctx.requestId, reason: "test" },
    ]);
    expect(events).toMatchObject([{ topic: "teams", action: "team.create", subjectId: id }]);
  });

  test("answers with what it reads once all is committed", async () => {
    const name = slug();
    const told = command({
      ...write.definition,
      async run(ctx, input) {
        await ctx.tx.team.create({ data: { id: newId("team"), slug: input.slug, name } });
        ctx.unchanged();
      },
      // On another connection, which sees nothing of a transaction that is open.
      answer: () => database.db.team.count({ where: { slug: name } }),
    });
    expect(await told(admin(), { slug: name, outcome: "unchanged" })).toBe(1);
  });

  test("that was done is never told as undone, whatever becomes of its answer", async () => {
    const name = slug();
    const told = command({
      ...write.definition,
      run: async (ctx, input) =>
        write({ ...ctx, db: ctx.tx }, { ...input, outcome: "record" }).then(() => ctx.unchanged()),
      answer: () => Promise.reject(new Error("the database went away")),
    });
    const refused = told(admin(), { slug: name, outcome: "record" });
    await expect(refused).rejects.toMatchObject({ message: /^It was done/, details: { reason: "done_unread" } });
    expect(await database.db.team.count({ where: { slug: name } })).toBe(1);
  });

  test.each<[Outcome, string]>([
    ["nothing", "writeTeam recorded no change."],
    ["throw", "halfway"],
  ])("that ends with %s leaves nothing", async (outcome, message) => {
    const before = await rowCounts(database.db);
    await expect(write(admin(), { slug: slug(), outcome })).rejects.toThrow(message);
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("may say that nothing had to change", async () => {
    const id = await write(admin(), { slug: slug(), outcome: "unchanged" });
    expect(await recordedOf(database.db, id)).toEqual({ audit: [], events: [] });
  });

  test("joins the transaction that it is called in", async () => {
    const before = await rowCounts(database.db);
    const both = database.db.$transaction(async (tx) => {
      await write({ ...admin(), db: tx }, { slug: slug(), outcome: "record" });
      await write({ ...admin(), db: tx }, { slug: slug(), outcome: "throw" });
    });
    await expect(both).rejects.toThrow("halfway");
    expect(await rowCounts(database.db)).toEqual(before);
  });

  test("looks at the permission before the input, and at the input before anything else", async () => {
    steps.length = 0;
    const bad = { slug: "\0", outcome: "record" as const };
    const expired = userActor(grant("admin", { expiresAt: new Date(0) }));
    for (const actor of [actors.nobody, actors.releaseManager, expired]) {
      await expect(write(testContext(database.db, actor), bad)).rejects.toMatchObject({
        code: "forbidden",
        details: { permission: "people:write" },
      });
    }
    await expect(write(admin(), bad)).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { slug: "must not contain NUL" } },
    });
    expect(steps).toEqual([]);
  });
});
