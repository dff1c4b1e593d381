import { expect, test } from "vitest";
import type { GateDto } from "#server/deployments/schema.ts";
import { deployBlocker, optionLabel, overrideField, overridesOf } from "./deploy-choice.ts";
import { gateTally } from "./gate-tally.ts";

const gate = (result: GateDto["result"], overridable = true): GateDto => ({
  name: "alarms",
  title: "No alarm fires",
  result,
  reason: "5xx is in ALARM.",
  facts: [],
  overrideReason: null,
  overridable,
});

test("gates that pass block nobody", () => {
  expect(deployBlocker({ gates: [gate("pass")], canOverride: "This needs the role release manager." })).toBeUndefined();
});

test("a failing gate blocks whoever may not override, and says which role may", () => {
  const words = deployBlocker({ gates: [gate("fail")], canOverride: "This needs the role release manager." });
  expect(words).toBe("“No alarm fires” fails. This needs the role release manager.");
  expect(deployBlocker({ gates: [gate("fail")], canOverride: true })).toBeUndefined();
});

test("a gate that makes the deployment impossible blocks everybody", () => {
  expect(deployBlocker({ gates: [gate("fail", false)], canOverride: true })).toBe("No alarm fires: 5xx is in ALARM.");
});

test("the boxes that are checked name their gates", () => {
  expect(overridesOf({ reason: "x", [overrideField("alarms")]: "on" })).toEqual(["alarms"]);
});

test("an option says what is known of it there", () => {
  const option = { id: "rel_1", version: "1.0.0", at: "2026-01-01T00:00:00Z", verdict: "good" as const };
  expect(optionLabel(option, "rel_1")).toBe("1.0.0, runs there now");
  expect(optionLabel(option, undefined)).toBe("1.0.0, good");
  expect(optionLabel({ ...option, verdict: null }, undefined)).toBe("1.0.0");
});

test("the gates' answer in one line", () => {
  expect(gateTally([gate("pass"), gate("pass")]).words).toBe("All 2 gates pass now");
  expect(gateTally([gate("pass"), gate("fail")]).words).toBe("1 of 2 gates would fail now");
  expect(gateTally([gate("inconclusive")]).words).toBe("1 of 1 gate cannot tell now");
});
