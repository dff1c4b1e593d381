import { describe, expect, test } from "vitest";
import { actors, grant, userActor } from "../testing/factories.ts";
import { deployPermit, lackedReleases, rollbackPermit, wayOut, type Holder } from "./rules.ts";

const now = new Date("2026-11-22T10:00:00Z");
const service = { id: "svc_1", teamId: "team_1" };
const environment = { id: "env_1", kind: "production" };
const base = { actor: actors.developer, now, service, environment, active: null };
const deploying: Holder = { version: "1.1.0", kind: "deploy", status: "running", by: "Ada" };
const returning: Holder = { version: "1.0.0", kind: "rollback", status: "running", by: "Ada" };
const undoing: Holder = { ...deploying, status: "rolling_back" };

test.each([
  ["nothing is under way", {}, true],
  ["another is being deployed", { active: deploying }, true],
  ["another is being undone", { active: undoing }, true],
  ["it is locked", { locked: "Locked by Ada." }, "Locked by Ada."],
  [
    "the role is missing",
    { actor: actors.viewer },
    "This needs the role developer in production. An admin can grant it.",
  ],
  [
    "the role is for another kind",
    { actor: userActor(grant("developer", { environmentKind: "staging" })) },
    "This needs the role developer in production. An admin can grant it.",
  ],
])("deploying when %s", (_when, asked, answer) => expect(deployPermit({ ...base, ...asked })).toBe(answer));

test.each([
  ["there is a way back", {}, true],
  ["nothing else is known to work", { hasGood: false }, "No other release is known to work here."],
  ["the portal deployed nothing", { hasRelease: false }, "Nothing was deployed here by the portal yet."],
  ["a deployment can be undone in flight", { active: deploying, hasGood: false }, true],
  ["it is locked", { locked: "Locked by Ada." }, "Locked by Ada."],
  ["it is locked, for who may override", { actor: actors.releaseManager, locked: "Locked by Ada." }, true],
  ["it is being undone already", { active: undoing }, "1.1.0 is being rolled back."],
  ["a rollback is under way", { active: returning }, "Ada is rolling back to 1.0.0."],
  [
    "the role is missing",
    { actor: actors.viewer, active: deploying },
    "This needs the role developer in production. An admin can grant it.",
  ],
])("rolling back when %s", (_when, asked, answer) => {
  expect(rollbackPermit({ ...base, hasGood: true, hasRelease: true, ...asked })).toBe(answer);
});

test("the way out names the exact revision", () => {
  const placed = { region: "us-east-1", cluster: "shop", ecsService: "backend" };
  const arn = "arn:aws:ecs:us-east-1:000000000000:task-definition/backend:7";
  const command = "aws ecs update-service --region us-east-1 --cluster shop --service backend";
  expect(wayOut({ ...placed, taskDefinitionArn: arn })).toBe(`${command} --task-definition ${arn}`);
  expect(wayOut({ ...placed, taskDefinitionArn: null })).toBe(`${command} --force-new-deployment`);
});

describe("what a place lacks", () => {
  const release = (version: string, day: number) => ({
    id: `rel_${version}`,
    version,
    createdAt: new Date(Date.UTC(2026, 0, day)),
  });
  const oldest = release("9.0.0", 1);
  const middle = release("beta", 2);
  const newest = release("1.0.0", 3);
  const at = (position: number, running: ReturnType<typeof release> | null, kind = "staging") => ({
    environment: { position, kind },
    release: running,
  });
  const lacks = (here: ReturnType<typeof at>, ...others: ReturnType<typeof at>[]) =>
    lackedReleases(here, [here, ...others]).map(({ version }) => version);

  test.each([
    ["nothing when all run the same", lacks(at(3, newest), at(2, newest), at(1, newest)), []],
    [
      "what earlier environments run and was posted later, whatever the versions say",
      lacks(at(3, oldest), at(2, middle), at(1, newest)),
      ["beta", "1.0.0"],
    ],
    ["nothing of what a later environment runs", lacks(at(1, oldest), at(2, newest)), []],
    ["nothing older, as after a rollback elsewhere", lacks(at(3, newest), at(2, oldest)), []],
    ["each once", lacks(at(3, oldest), at(1, newest), at(2, newest)), ["1.0.0"]],
    ["nothing of a preview", lacks(at(3, oldest), at(0, newest, "preview")), []],
    ["nothing while nobody knows what runs here", lacks(at(3, null), at(1, newest)), []],
  ])("is %s", (_, answer, expected) => {
    expect(answer).toEqual(expected);
  });
});
