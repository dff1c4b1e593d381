import { expect, test } from "vitest";
import { activeToUndo, shownTarget } from "./shown-target.ts";

const at = (slug: string, kind: "staging" | "production" | "preview") => ({ environment: { slug, kind } });
const all = [at("staging", "staging"), at("production", "production"), at("pr-1", "preview")];

test("the environment asked for, else production, else the last", () => {
  expect(shownTarget(all, "staging")?.environment.slug).toBe("staging");
  expect(shownTarget(all, null)?.environment.slug).toBe("production");
  expect(shownTarget(all, "gone")?.environment.slug).toBe("production");
  expect(shownTarget(all.slice(2), null)?.environment.slug).toBe("pr-1");
  expect(shownTarget([], null)).toBeUndefined();
});

test("rolling back undoes what is under way on the target that is shown, else what is under way beside it", () => {
  const active = (id: string) => ({ id, status: "running", version: "1.1.0", kind: "deploy", step: "rollout" });
  const [first, second] = [active("dep_1"), active("dep_2")];
  expect(activeToUndo({ active: second }, [first, second])).toBe(second);
  expect(activeToUndo({ active: null }, [first, second])).toBe(first);
  expect(activeToUndo({ active: null }, [])).toBeUndefined();
});
