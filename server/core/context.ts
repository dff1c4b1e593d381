import type { Db, Tx } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import type { Actor } from "./actor.ts";
import { AppError } from "./errors.ts";
import { newId } from "./ids.ts";
import { allows, requiredRole, type Permission, type Scope } from "./permissions.ts";

/** What every command, query and job is given. `db` is a transaction inside a command. */
export type Ctx = {
  actor: Actor;
  requestId: string;
  db: Db | Tx;
  now(): Date;
  /** Where services run and images are kept; absent where nothing outside is asked. */
  ports?: Ports | undefined;
};

/** The ports of this context. */
export function portsOf(ctx: Pick<Ctx, "ports">): Ports {
  if (!ctx.ports) throw new Error("This work asks the runtime or the registry, and its context has no ports.");
  return ctx.ports;
}

/** A context for work that no request started. */
export function systemContext(db: Db, actor: Actor): Ctx {
  return { actor, requestId: newId("request"), db, now: () => new Date() };
}

/** Throws `forbidden` unless the actor holds the permission on the scope. */
export function assertCan(ctx: Pick<Ctx, "actor" | "now">, permission: Permission, scope: Scope | "anywhere"): void {
  if (allows(ctx.actor, permission, scope, ctx.now())) return;
  const where = scope !== "anywhere" && scope.environment ? ` in ${scope.environment.kind}` : "";
  throw new AppError("forbidden", `This needs the role ${requiredRole(permission).replace("_", " ")}${where}.`, {
    reason: "missing_permission",
    permission,
  });
}
