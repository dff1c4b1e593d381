import { expect, test } from "vitest";
import type { GateDto } from "#server/deployments/schema.ts";
import { deployBlocker, lockBlocker, nowRunning, optionLabel, overrideField, overridesOf } from "./deploy-choice.ts";
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

const free = { gates: [], canOverride: true, lock: null, held: null } as const;

test("a lock blocks whoever does not wait for its end", () => {
  const lock = { id: "lck_1", words: "Everything is locked by Ana until it is lifted: audit.", pass: "You may not." };
  expect(deployBlocker({ ...free, gates: [], lock }, "supersede")).toBe(lock.words);
  expect(deployBlocker({ ...free, gates: [], lock }, "queue")).toBeUndefined();
  expect(lockBlocker({ lock })).toBe(`${lock.words} You may not.`);
  expect(lockBlocker({ lock: { ...lock, pass: true } })).toBeUndefined();
});

test("a held release blocks whoever may not deploy it, and says who may", () => {
  const held = { reason: "It leaks.", deploy: "This needs the role release manager." };
  expect(deployBlocker({ ...free, gates: [], held }, "reject")).toBe(
    "It is held here: It leaks. This needs the role release manager.",
  );
  expect(deployBlocker({ ...free, gates: [], held: { ...held, deploy: true } }, "reject")).toBeUndefined();
});

test("gates that pass block nobody", () => {
  expect(
    deployBlocker({ ...free, gates: [gate("pass")], canOverride: "This needs the role release manager." }, "reject"),
  ).toBeUndefined();
});

test("a failing gate blocks whoever may not override, and says which role may", () => {
  const words = deployBlocker(
    { ...free, gates: [gate("fail")], canOverride: "This needs the role release manager." },
    "reject",
  );
  expect(words).toBe("“No alarm fires” fails. This needs the role release manager.");
  expect(deployBlocker({ ...free, gates: [gate("fail")] }, "reject")).toBeUndefined();
});

test("a gate that makes the deployment impossible blocks everybody", () => {
  expect(deployBlocker({ ...free, gates: [gate("fail", false)] }, "reject")).toBe("No alarm fires: 5xx is in ALARM.");
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

test("what runs there is told, and a release that was posted before it as a step back", () => {
  const option = (id: string, at: string) => ({ id, version: id, at, verdict: null });
  const options = [option("1.1.0", "2026-11-02T00:00:00.000Z"), option("1.0.0", "2026-11-01T00:00:00.000Z")];
  const [newer, older] = options.map(({ id, version }) => ({ id, version }));
  expect(nowRunning({ from: null, to: newer ?? null, options })).toBe("Nothing runs there yet.");
  expect(nowRunning({ from: older ?? null, to: newer ?? null, options })).toBe("1.0.0 runs there now.");
  expect(nowRunning({ from: newer ?? null, to: older ?? null, options })).toMatch(
    /^1\.1\.0 runs there now .* goes back/,
  );
  expect(nowRunning({ from: newer ?? null, to: older ?? null, options: [] })).toBe("1.1.0 runs there now.");
});
