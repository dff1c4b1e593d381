import { expect, test } from "vitest";
import { expectedMigration } from "./expected-migration.ts";
import { readMigrations } from "./migration-files.ts";

test("the migration that /ready waits for is the newest", () => {
  expect(expectedMigration, "put the new one's name into expected-migration.ts").toBe(readMigrations().at(-1)?.name);
});
