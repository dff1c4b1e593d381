import { expect, test } from "vitest";
import { actors, grant, userActor } from "../testing/factories.ts";
import { deployPermit, rollbackPermit, wayOut, type Holder } from "./rules.ts";

const now = new Date("2026-11-22T10:00:00Z");
const service = { id: "svc_1", teamId: "team_1" };
const environment = { id: "env_1", kind: "production" };
const base = { actor: actors.developer, now, service, environment, active: null };
const deploying: Holder = { version: "1.1.0", kind: "deploy", status: "running", by: "Ada" };
const returning: Holder = { version: "1.0.0", kind: "rollback", status: "running", by: "Ada" };
const undoing: Holder = { ...deploying, status: "rolling_back" };

test.each([
  ["nothing is under way", {}, true],
  ["another is being deployed", { active: deploying }, "1.1.0 is being deployed by Ada."],
  ["another is being undone", { active: undoing }, "1.1.0 is being rolled back."],
  ["someone returns to another", { active: returning }, "Ada is rolling back to 1.0.0."],
  ["the role is missing", { actor: actors.viewer }, "This needs the role developer in production. An admin can grant it."],
  ["the role is for another kind", { actor: userActor(grant("developer", { environmentKind: "staging" })) }, "This needs the role developer in production. An admin can grant it."],
])("deploying when %s", (_when, asked, answer) => expect(deployPermit({ ...base, ...asked })).toBe(answer));

test.each([
  ["there is a way back", {}, true],
  ["nothing else is known to work", { hasGood: false }, "No other release is known to work here."],
  ["the portal deployed nothing", { hasRelease: false }, "Nothing was deployed here by the portal yet."],
  ["a deployment can be undone in flight", { active: deploying, hasGood: false }, true],
  ["it is being undone already", { active: undoing }, "1.1.0 is being rolled back."],
  ["a rollback is under way", { active: returning }, "Ada is rolling back to 1.0.0."],
  ["the role is missing", { actor: actors.viewer, active: deploying }, "This needs the role developer in production. An admin can grant it."],
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
