import { expect, test } from "vitest";
import type { ServiceState } from "../deployments/ports.ts";
import { chooseTaskLooks, type TaskLooks } from "./task-looks.ts";

const quiet = {
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  taskDefinitionArn: "a:1",
  currentRolloutArn: null,
  events: [],
} as unknown as ServiceState;
const services = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `tgt_${index}`, service: quiet as ServiceState | undefined }));

test("with few services all of them, every time", () => {
  const known: TaskLooks = new Map();
  for (let look = 0; look < 3; look += 1) expect(chooseTaskLooks(services(10), known).size).toBe(10);
});

test("with many, a bounded number each time, and each has its turn", () => {
  const known: TaskLooks = new Map();
  const looks = Array.from({ length: 50 }, () => chooseTaskLooks(services(500), known));
  expect(new Set(looks.map((chosen) => chosen.size))).toEqual(new Set([10]));
  expect(new Set(looks.flatMap((chosen) => [...chosen])).size).toBe(500);
});

test("what changed comes first, once", () => {
  const known: TaskLooks = new Map();
  for (let look = 0; look < 50; look += 1) chooseTaskLooks(services(500), known);
  const seen = services(500).map((one, index) =>
    index === 7 ? { ...one, service: { ...quiet, runningCount: 1 } } : one,
  );
  const before = new Map(known);
  expect(chooseTaskLooks(seen, known)).toContain("tgt_7");
  expect(before.get("tgt_7")?.turn).toBeGreaterThan(0);
  expect(chooseTaskLooks(seen, known)).not.toContain("tgt_7");
});

test("what ECS does not know has no tasks, and what is gone is forgotten", () => {
  const known: TaskLooks = new Map();
  expect(
    chooseTaskLooks(
      [
        { id: "a", service: undefined },
        { id: "b", service: quiet },
      ],
      known,
    ),
  ).toEqual(new Set(["b"]));
  chooseTaskLooks([{ id: "c", service: quiet }], known);
  expect([...known.keys()]).toEqual(["c"]);
});
