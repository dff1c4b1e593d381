import { newId } from "../../core/ids.ts";
import type { HeldGrant, Role } from "../../core/permissions.ts";
import type { Db } from "../../db/client.ts";
import { bearerOf } from "../api-caller.ts";
import { deploymentScene } from "../deployment-scene.ts";
import { createEnvironment, createRelease, createService, createTeam, createUser, grant } from "../factories.ts";
import { createSession } from "../session.ts";

const hourMs = 3600_000;

/** A person of whom others speak: with a role, a token, and a role that they have raised. */
async function somebody(db: Db) {
  const user = await createUser(db, { passwordHash: "x", grants: [grant("viewer")] });
  const held = await db.grant.findFirstOrThrow({ where: { principalId: user.id } });
  const dormant = await db.grant.create({
    data: { id: newId("grant"), principalKind: "user", principalId: user.id, ...grant("admin"), breakGlass: true },
  });
  const elevate = (expiresAt: Date) =>
    db.elevation.create({
      data: { id: newId("elevation"), grantId: dormant.id, userId: user.id, reason: "Checkout is down", expiresAt },
    });
  const open = await elevate(new Date(Date.now() + hourMs));
  const ended = await elevate(new Date(Date.now() - hourMs));
  const session = await createSession(db, user);
  return { user: user.id, session: session.id, grant: held.id, dormant: dormant.id, open: open.id, ended: ended.id };
}

/** What the samples of table.ts speak of: a service in production, and another service and environment beside them. */
export async function accessScene(db: Db) {
  const scene = await deploymentScene(db);
  const [service, environment] = [scene.service.slug, scene.environment.slug];
  const otherService = await createService(db);
  const otherEnvironment = await createEnvironment(db, { kind: "staging" });
  await createRelease(db, { service: otherService, version: "7.0.0" });
  const other = await somebody(db);
  await bearerOf(db, "viewer");
  const { id: token } = await db.apiToken.findFirstOrThrow();
  const lock = await db.lock.create({
    data: {
      id: newId("lock"),
      serviceId: scene.service.id,
      environmentId: scene.environment.id,
      reason: "Sale",
      createdBy: "system:test",
    },
  });
  const team = await createTeam(db);
  const root = await createUser(db, { passwordHash: "x", grants: [grant("admin")] });

  const task = `arn:aws:ecs:us-east-1:000000000000:task/${environment}/${service}-1`;
  const seen = {
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    healthStatus: "HEALTHY",
    createdAt: new Date(),
    seenAt: new Date(),
  };
  await db.task.create({
    data: { arn: task, targetId: scene.target.id, taskDefinitionArn: scene.runningArn, ...seen },
  });
  await db.target.update({ where: { id: scene.target.id }, data: { desiredCount: 2, runningCount: 2 } });

  const places = { here: scene, otherService, otherEnvironment };
  const ids = {
    service,
    environment,
    otherEnvironment: otherEnvironment.slug,
    team: team.slug,
    owner: scene.service.teamId,
  };
  const deployment = scene.seeded?.deploymentId ?? "";
  const rest = {
    target: scene.target.id,
    task,
    release: scene.second.id,
    deployment,
    token,
    lock: lock.id,
    root: root.id,
  };
  return { ports: scene.fake.ports, places, known: { ...ids, ...rest, ...other } };
}

export type AccessScene = Awaited<ReturnType<typeof accessScene>>;
/** References that samples may use. */
export type Known = AccessScene["known"];

/** Places that a rule may ask about. */
const placeNames = [
  "anywhere",
  "everything",
  "service",
  "environment",
  "service in environment",
  "service anywhere",
] as const;
export type PlaceName = (typeof placeNames)[number];

/** Somebody who calls: their role, and the places where it counts. Written by hand, so that it can disagree. */
export type Caller = { name: string; role: Role | "none" | "nobody"; reaches: readonly PlaceName[]; cookie?: string };

type Given = { name: string; held?: HeldGrant; reaches?: readonly PlaceName[] };

/** Everyone who calls every operation, each signed in as a person of their own. */
export async function accessCallers(db: Db, { places }: AccessScene): Promise<Caller[]> {
  const { here, otherService, otherEnvironment } = places;
  const onService = { scopeKind: "service", scopeId: here.service.id } as const;
  const inEnvironment = { environmentId: here.environment.id };
  const given: Given[] = [
    { name: "without any role" },
    ...(["viewer", "developer", "release_manager", "admin"] as const).map((role) => ({
      name: role,
      held: grant(role),
      reaches: placeNames,
    })),
    {
      name: "admin of another service",
      held: grant("admin", { scopeKind: "service", scopeId: otherService.id }),
      reaches: ["anywhere"],
    },
    {
      name: "admin of another environment",
      held: grant("admin", { environmentId: otherEnvironment.id }),
      reaches: ["anywhere", "service anywhere"],
    },
    {
      name: "admin of the service in the environment",
      held: grant("admin", { ...onService, ...inEnvironment }),
      reaches: ["anywhere", "service in environment", "service anywhere"],
    },
    {
      name: "admin of the service",
      held: grant("admin", onService),
      reaches: ["anywhere", "service", "service in environment", "service anywhere"],
    },
    {
      name: "admin of the environment",
      held: grant("admin", inEnvironment),
      reaches: ["anywhere", "environment", "service in environment", "service anywhere"],
    },
    { name: "somebody whose role ran out", held: grant("admin", { expiresAt: new Date(0) }) },
  ];
  const people = given.map(async ({ name, held, reaches = [] }): Promise<Caller> => {
    // Long ago seen in the future: otherwise the first call of each would be written down.
    const user = await createUser(db, { lastSeenAt: new Date("2100-01-01"), grants: held ? [held] : [] });
    const { cookie } = await createSession(db, user, { lastSeenAt: new Date("2100-01-01") });
    return { name, role: held && reaches.length > 0 ? held.role : "none", reaches, cookie };
  });
  return [{ name: "not signed in", role: "nobody", reaches: [] }, ...(await Promise.all(people))];
}
