import { expect, test } from "vitest";
import { worstHealth } from "./worst-health.ts";

test("several targets are as well as the worst of them, and none at all is unknown", () => {
  expect(worstHealth([])).toBe("unknown");
  expect(worstHealth([{ health: "ok" }, { health: "moving" }])).toBe("moving");
  expect(worstHealth([{ health: "ok" }, { health: "failed" }, { health: "degraded" }])).toBe("failed");
});
