import { randomBytes } from "node:crypto";
import type { Actor } from "../core/actor.ts";
import type { Ctx } from "../core/context.ts";
import { newId } from "../core/ids.ts";
import type { EnvironmentKind, HeldGrant, Role } from "../core/permissions.ts";
import type { Db, Tx } from "../db/client.ts";
import type { Artefact, Environment, Release, Service, Target, Team, User } from "../db/generated/client.ts";
import type { Ports } from "../deployments/ports.ts";

/** Rows for tests, written past the commands: what is left out gets a value of its own that collides with nothing. */
const unique = () => randomBytes(4).toString("hex");

/** Digest of an image that nobody built; the same name gives the same digest. */
export function fakeDigest(name: string): string {
  return `sha256:${Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64)}`;
}

/** A role everywhere, unless `where` narrows it. */
export function grant(role: Role, where: Partial<HeldGrant> = {}): HeldGrant {
  return {
    role,
    scopeKind: "everything",
    scopeId: null,
    environmentId: null,
    environmentKind: null,
    expiresAt: null,
    ...where,
  };
}

/** Somebody signed in who has no row in the database. */
export function userActor(...grants: HeldGrant[]): Actor & { kind: "user" } {
  const id = newId("user");
  return { kind: "user", id, name: `User ${id.slice(-6)}`, email: `${id}@example.com`, grants };
}

/** One actor per role, and one without any. */
export const actors = {
  viewer: userActor(grant("viewer")),
  developer: userActor(grant("developer")),
  releaseManager: userActor(grant("release_manager")),
  admin: userActor(grant("admin")),
  nobody: userActor(),
  system: { kind: "system", id: "test" } as Actor,
};

/** A context as the API mount would make it. */
export function testContext(db: Db | Tx, actor: Actor, more: { ports?: Ports; now?: () => Date } = {}): Ctx {
  return { actor, requestId: newId("request"), db, now: () => new Date(), ...more };
}

/** A person with their grants; `actor` acts as them. */
export async function createUser(
  db: Db | Tx,
  { grants = [], ...given }: Partial<User> & { grants?: HeldGrant[] } = {},
): Promise<User & { actor: Actor & { kind: "user" } }> {
  const id = given.id ?? newId("user");
  const user = await db.user.create({ data: { id, email: `${id}@example.com`, name: `User ${unique()}`, ...given } });
  await db.grant.createMany({
    data: grants.map((held) => ({ id: newId("grant"), principalKind: "user", principalId: id, ...held })),
  });
  return { ...user, actor: { kind: "user", id, name: user.name, email: user.email, grants } };
}

export function createTeam(db: Db | Tx, given: Partial<Team> = {}): Promise<Team> {
  const slug = given.slug ?? `team-${unique()}`;
  return db.team.create({ data: { id: newId("team"), slug, name: slug, ...given } });
}

const positions: Record<EnvironmentKind, number> = { development: 10, staging: 20, production: 30, preview: 40 };

export function createEnvironment(
  db: Db | Tx,
  given: Partial<Environment> & { kind?: EnvironmentKind } = {},
): Promise<Environment> {
  const kind = given.kind ?? "development";
  const slug = given.slug ?? `${kind}-${unique()}`;
  return db.environment.create({
    data: { id: newId("environment"), slug, name: slug, kind, position: positions[kind], ...given },
  });
}

export async function createService(db: Db | Tx, given: Partial<Service> = {}): Promise<Service> {
  const slug = given.slug ?? `service-${unique()}`;
  const teamId = given.teamId ?? (await createTeam(db)).id;
  return db.service.create({ data: { id: newId("service"), slug, name: slug, teamId, ...given } });
}

export function createTarget(
  db: Db | Tx,
  { service, environment, ...given }: { service: Service; environment: Environment } & Partial<Target>,
): Promise<Target> {
  return db.target.create({
    data: {
      id: newId("target"),
      serviceId: service.id,
      environmentId: environment.id,
      accountId: "000000000000",
      region: "us-east-1",
      cluster: environment.slug,
      ecsService: service.slug,
      ...given,
    },
  });
}

type ReleaseGiven = { service: Service } & Partial<Omit<Release, "serviceId">> & {
    artefacts?: Omit<Artefact, "releaseId">[];
  };

/** A release of one container, named as the service. */
export function createRelease(db: Db | Tx, { service, artefacts, ...given }: ReleaseGiven): Promise<Release> {
  const version = given.version ?? `1.0.${Number.parseInt(unique().slice(0, 5), 16)}`;
  const image = `000000000000.dkr.ecr.us-east-1.amazonaws.com/${service.slug}`;
  const content = artefacts ?? [{ container: service.slug, image, tag: version, digest: fakeDigest(version) }];
  return db.release.create({
    data: {
      id: newId("release"),
      serviceId: service.id,
      version,
      contentHash: unique(),
      createdBy: "system:test",
      ...given,
      artefacts: { createMany: { data: content } },
    },
  });
}

type Running = { target: Target; release: Release; deploymentId: string; deploymentTargetId: string };

type DeploymentGiven = {
  target: Target;
  release: Release;
  /** `succeeded` also makes the target run the release, with a good verdict. */
  status?: string;
  kind?: "deploy" | "rollback";
  taskDefinitionArn?: string;
  createdBy?: string;
};

/** A deployment of a release on one target. */
export async function createDeployment(db: Db | Tx, given: DeploymentGiven): Promise<Running> {
  const { target, release, status = "succeeded", kind = "deploy", createdBy = "system:test" } = given;
  const deploymentId = newId("deployment");
  const deploymentTargetId = newId("deploymentTarget");
  const arn =
    given.taskDefinitionArn ?? `arn:aws:ecs:${target.region}:${target.accountId}:task-definition/${unique()}:1`;
  const now = new Date();
  const finishedAt = ["queued", "running", "paused", "rolling_back"].includes(status) ? null : now;
  const { serviceId, environmentId } = target;
  await db.deployment.create({
    data: {
      id: deploymentId,
      serviceId,
      environmentId,
      releaseId: release.id,
      kind,
      status,
      createdBy,
      startedAt: now,
      finishedAt,
    },
  });
  await db.deploymentTarget.create({
    data: { id: deploymentTargetId, deploymentId, targetId: target.id, status, taskDefinitionArn: arn },
  });
  if (status !== "succeeded") return { target, release, deploymentId, deploymentTargetId };
  const running = await db.target.update({
    where: { id: target.id },
    data: { releaseId: release.id, releaseSince: now, taskDefinitionArn: arn },
  });
  await createVerdict(db, { release, environmentId });
  return { target: running, release, deploymentId, deploymentTargetId };
}

export async function createVerdict(
  db: Db | Tx,
  { release, environmentId, verdict = "good" }: { release: Release; environmentId: string; verdict?: "good" | "bad" },
): Promise<void> {
  const data = { verdict, reason: "test", at: new Date(), by: "system:test" };
  const key = { releaseId: release.id, environmentId };
  await db.verdict.upsert({ where: { releaseId_environmentId: key }, create: { ...key, ...data }, update: data });
}
