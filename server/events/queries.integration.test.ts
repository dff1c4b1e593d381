import { expect, test } from "vitest";
import { newId } from "../core/ids.ts";
import { statementsOf } from "../testing/plans/capture.ts";
import { withDatabase } from "../testing/with-database.ts";
import { eventsAfter } from "./queries.ts";

const database = withDatabase();

const happen = async (subjectId: string) => {
  await database.db.event.create({
    data: { id: newId("event"), topic: "releases", action: "release.create", subjectId },
  });
  await database.db.$executeRaw`select quarterdeck_sequence_events()`;
};

test("a thousand pages that hear of one event read it once", async () => {
  await happen("first");
  const read: string[][] = [];
  const statements = await statementsOf(async () => {
    const asked = Array.from({ length: 1_000 }, () => eventsAfter(database.db, 0n));
    for (const events of await Promise.all(asked)) read.push(events.map(({ id }) => id));
  });
  expect(read).toEqual(Array.from({ length: 1_000 }, () => ["first"]));
  expect(statements).toHaveLength(1);
});

test("who asks while somebody reads gets what has happened since", async () => {
  const early = eventsAfter(database.db, 0n);
  await new Promise((resolve) => setImmediate(resolve));
  await happen("second");
  const late = eventsAfter(database.db, 0n);
  expect((await late).map(({ id }) => id)).toEqual(["first", "second"]);
  expect((await early).map(({ id }) => id)).toContain("first");
});
