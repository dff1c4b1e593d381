import { parseCrontab } from "graphile-worker";
import { expect, test } from "vitest";
import { atStart, crontab, tasks } from "./tasks.ts";

test("every job of the crontab and of the start exists", () => {
  const timed = parseCrontab(crontab).map((item) => item.task);
  expect(timed.length).toBeGreaterThan(0);
  for (const name of [...timed, ...atStart]) expect(Object.keys(tasks)).toContain(name);
});
