import { randomBytes } from "node:crypto";
import { AwsError } from "../../contract.ts";
import type { World } from "../../contract.ts";

/**
 * A role that was described to local AWS. Once an account has one, only its described roles can be taken there.
 * `denied` are actions as policies write them, with `*` at the end: `ecs:UpdateService`, `logs:*`.
 */
export type Role = { roleArn: string; externalId?: string | undefined; denied: string[] };

type Session = { roleArn: string; arn: string; expiresAt: number };
type Document = { roles: Role[]; sessions: Record<string, Session> };

const DOCUMENT = "roles";

/** Names of services in policies, where they are not those of signatures. */
const PREFIXES: Record<string, string> = { monitoring: "cloudwatch" };

const document = ({ store }: Pick<World, "store">): Document =>
  store.document<Document>(DOCUMENT, () => ({ roles: [], sessions: {} }));

const accountOf = (arn: string) => arn.split(":")[4];

export function listRoles(world: Pick<World, "store">): Role[] {
  return document(world).roles;
}

/** Describes a role, in place of what was said of it before. */
export function putRole(world: Pick<World, "store">, role: Role): void {
  const kept = document(world);
  kept.roles = [...kept.roles.filter((one) => one.roleArn !== role.roleArn), role];
  world.store.touch(DOCUMENT);
}

/** Forgets a role and ends what was begun with it. */
export function removeRole(world: Pick<World, "store">, roleArn: string): void {
  const kept = document(world);
  kept.roles = kept.roles.filter((one) => one.roleArn !== roleArn);
  kept.sessions = Object.fromEntries(Object.entries(kept.sessions).filter(([, one]) => one.roleArn !== roleArn));
  world.store.touch(DOCUMENT);
}

/** Refuses a role that is not there or asks for another external id; AWS says the same of both. */
export function assertTrusted(
  world: Pick<World, "store">,
  asked: { roleArn: string; externalId: string | undefined; caller: string },
): void {
  const known = document(world).roles.filter((one) => accountOf(one.roleArn) === accountOf(asked.roleArn));
  if (known.length === 0) return;
  const role = known.find((one) => one.roleArn === asked.roleArn);
  if (role && (role.externalId === undefined || role.externalId === asked.externalId)) return;
  const message = `User: ${asked.caller} is not authorized to perform: sts:AssumeRole on resource: ${asked.roleArn}`;
  throw new AwsError("AccessDenied", message, 403);
}

/** Access key id of a new session; it holds the account, which signatures are read for. */
export function openSession(world: Pick<World, "store" | "clock">, session: Session): string {
  const kept = document(world);
  const alive = Object.entries(kept.sessions).filter(([, one]) => one.expiresAt > world.clock.now());
  const accessKeyId = `ASIA${accountOf(session.roleArn)}${randomBytes(4).toString("hex").toUpperCase()}`;
  kept.sessions = { ...Object.fromEntries(alive), [accessKeyId]: session };
  world.store.touch(DOCUMENT);
  return accessKeyId;
}

/** ARN of who calls: the session of a role, or the root user of the account. */
export function callerArn(
  world: Pick<World, "store">,
  { accessKeyId, accountId }: { accessKeyId: string; accountId: string },
): string {
  return document(world).sessions[accessKeyId]?.arn ?? `arn:aws:iam::${accountId}:root`;
}

function matches(pattern: string, action: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

type Call = { accessKeyId: string; service: string; action: string };

/** Whether a role may do something, as far as it was described. */
function isDenied(world: Pick<World, "store">, roleArn: string, action: string): boolean {
  const role = document(world).roles.find((one) => one.roleArn === roleArn);
  return role?.denied.some((pattern) => matches(pattern, action)) ?? false;
}

/** Refuses a call in a session that is over, or that its role denies. */
export function assertAllowed(world: Pick<World, "store" | "clock">, { accessKeyId, service, action }: Call): void {
  if (!accessKeyId.startsWith("ASIA")) return;
  const session = document(world).sessions[accessKeyId];
  if (!session) {
    throw new AwsError("UnrecognizedClientException", "The security token included in the request is invalid.", 403);
  }
  if (session.expiresAt <= world.clock.now()) {
    throw new AwsError("ExpiredTokenException", "The security token included in the request is expired", 403);
  }
  const name = `${PREFIXES[service] ?? service}:${action}`;
  // AWS allows this one to everybody, whatever policies say.
  if (name === "sts:GetCallerIdentity" || !isDenied(world, session.roleArn, name)) return;
  throw new AwsError(
    "AccessDeniedException",
    `User: ${session.arn} is not authorized to perform: ${name} because no identity-based policy allows the ${name} action`,
    403,
  );
}
