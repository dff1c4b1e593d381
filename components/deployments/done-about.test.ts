import { expect, test } from "vitest";
import { activeStatuses, endedStatuses } from "#server/deployments/schema.ts";
import { doneAbout } from "./done-about.ts";

const about = {
  automatic: true,
  from: { version: "1.0.0" },
  service: { slug: "shop" },
  environment: { slug: "production" },
};

test("what has ended is never called under way", () => {
  for (const status of endedStatuses) expect(doneAbout({ ...about, status }), status).not.toMatch(/under way|being/);
  for (const status of activeStatuses) expect(doneAbout({ ...about, status }), status).toMatch(/under way|being/);
});

test("what runs now is named where it is known", () => {
  expect(doneAbout({ ...about, status: "rolled_back" })).toBe(
    "It was rolled back by itself. 1.0.0 serves production again.",
  );
  expect(doneAbout({ ...about, status: "cancelled", from: null })).toBe(
    "It was cancelled. Nothing of it is left in production.",
  );
  expect(doneAbout({ ...about, status: "superseded" })).toContain("what took its place");
});
