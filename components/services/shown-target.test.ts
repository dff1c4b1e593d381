import { expect, test } from "vitest";
import { shownTarget } from "./shown-target.ts";

const at = (slug: string, kind: "staging" | "production" | "preview") => ({ environment: { slug, kind } });
const all = [at("staging", "staging"), at("production", "production"), at("pr-1", "preview")];

test("the environment asked for, else production, else the last", () => {
  expect(shownTarget(all, "staging")?.environment.slug).toBe("staging");
  expect(shownTarget(all, null)?.environment.slug).toBe("production");
  expect(shownTarget(all, "gone")?.environment.slug).toBe("production");
  expect(shownTarget(all.slice(2), null)?.environment.slug).toBe("pr-1");
  expect(shownTarget([], null)).toBeUndefined();
});
