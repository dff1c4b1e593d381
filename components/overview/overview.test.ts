import { expect, test } from "vitest";
import type { ChangeDto } from "#server/changes/schema.ts";
import type { ServiceDto, TargetDto } from "#server/services/schema.ts";
import { attentionOf } from "./attention-of.ts";
import { lastDay } from "./last-day.ts";

const production = { id: "env_1", slug: "production", name: "Production", kind: "production" as const };

const target = (more: Partial<TargetDto>): TargetDto => ({
  id: "tgt_1",
  environment: production,
  wave: 1,
  siblings: 0,
  accountId: "000000000000",
  region: "us-east-1",
  cluster: "qkart-production",
  ecsService: "qkart-backend",
  url: null,
  release: { id: "rel_1", version: "1.0.0" },
  releaseSince: null,
  lacks: [],
  taskDefinitionArn: null,
  health: "ok",
  healthReason: null,
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  observedAt: null,
  active: null,
  latest: null,
  currentDeploymentId: null,
  lock: null,
  secrets: [],
  can: { deploy: true, rollback: true, lock: true, judge: true, restart: true, scale: true, stopTask: true },
  wayOut: "",
  ...more,
});

const service = (...targets: TargetDto[]): ServiceDto => ({
  id: "svc_1",
  slug: "qkart-backend",
  name: "Backend",
  description: "",
  workload: "web",
  repository: null,
  team: { id: "team_1", slug: "checkout", name: "Checkout" },
  targets,
});

const ended = (status: string) => ({
  id: "dep_1",
  status,
  version: "1.1.0",
  kind: "deploy",
  finishedAt: "2026-11-22T10:00:00Z",
});

test("what runs as it should needs nobody", () => {
  expect(attentionOf([service(target({ latest: ended("succeeded") }))])).toEqual([]);
});

test("the worst comes first, and leads where it is dealt with", () => {
  const items = attentionOf([
    service(
      target({ id: "a", latest: ended("rolled_back") }),
      target({ id: "b", health: "failed", healthReason: "No task passes its health check." }),
    ),
  ]);
  expect(items.map((item) => [item.kind, item.text, item.href])).toEqual([
    ["failed", "No task passes its health check.", "/services/qkart-backend?environment=production"],
    ["degraded", "1.1.0 was rolled back", "/deployments/dep_1"],
  ]);
});

test("of several targets the one is named that is ill, and a deployment to all of them is told once", () => {
  const both = { siblings: 1, latest: ended("rolled_back") };
  const items = attentionOf([
    service(
      target({ ...both, id: "a" }),
      target({ ...both, id: "b", region: "eu-west-1", health: "failed", healthReason: "No task runs." }),
    ),
  ]);
  expect(items.map(({ place, text }) => [place, text])).toEqual([
    ["qkart-production, eu-west-1", "No task runs."],
    [null, "1.1.0 was rolled back"],
  ]);
});

test("of a deployment that ended differently on two targets the worse ending is told, whichever target comes first", () => {
  const undone = target({ id: "a", siblings: 1, latest: ended("rolled_back") });
  const stuck = target({ id: "b", siblings: 1, latest: ended("rollback_failed") });
  for (const targets of [
    [undone, stuck],
    [stuck, undone],
  ]) {
    const items = attentionOf([service(...targets)]);
    expect(items.map(({ kind, text }) => [kind, text])).toEqual([["failed", "1.1.0 rollback failed"]]);
  }
});

test("a secret that changed under running tasks is told, and leads to the variables", () => {
  const changedAt = "2026-11-22T10:00:00Z";
  const secret = {
    names: ["PASSWORD"],
    reference: "shop/password",
    state: "changed" as const,
    changedAt,
    headline: "PASSWORD changed.",
  };
  expect(attentionOf([service(target({ secrets: [secret] }))])).toMatchObject([
    {
      kind: "degraded",
      text: "PASSWORD changed.",
      href: "/services/qkart-backend/variables?environment=production",
      at: changedAt,
    },
  ]);
});

test("while a deployment is under way the one before it is old news", () => {
  const active = { id: "dep_2", status: "running", version: "1.2.0", kind: "deploy", step: "rollout" };
  const items = attentionOf([service(target({ active, latest: ended("failed") }))]);
  expect(items.map((item) => item.text)).toEqual(["1.2.0 is rolling out"]);
});

test("changes of the last day lie between a day ago and now", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const change = (id: string, at: string, outcome: string | null) =>
    ({ id, at, outcome, environment: production }) as ChangeDto;
  expect(
    lastDay(
      [
        change("new", "2026-11-22T12:00:00Z", null),
        change("half", "2026-11-22T00:00:00Z", "rolled_back"),
        change("old", "2026-11-21T11:00:00Z", null),
      ],
      now,
    ),
  ).toEqual([
    { id: "new", x: 1000, isProduction: true, isBad: false },
    { id: "half", x: 500, isProduction: true, isBad: true },
  ]);
});
