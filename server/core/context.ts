import type { Db, Tx } from "../db/client.ts";
import type { Ports } from "../deployments/ports.ts";
import type { Accounts } from "../environments/ports.ts";
import type { Actor } from "./actor.ts";
import { AppError } from "./errors.ts";
import { newId } from "./ids.ts";
import { allows, needInWords, type Permission, type Scope } from "./permissions.ts";

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

/** What asks accounts, of this context. */
export function accountsOf(ctx: Pick<Ctx, "ports">): Accounts {
  const { accounts } = portsOf(ctx);
  if (!accounts) throw new Error("This work asks accounts, and its context has no port for that.");
  return accounts;
}

/** A context for work that no request started. */
export function systemContext(db: Db, actor: Actor): Ctx {
  return { actor, requestId: newId("request"), db, now: () => new Date() };
}

/** A permission that the actor lacks. Keeps what was asked, so that the API can say who may. */
export class Refusal extends AppError {
  readonly permission: Permission;
  readonly scope: Scope | "anywhere";

  constructor(permission: Permission, scope: Scope | "anywhere") {
    super("forbidden", needInWords(permission, scope), { reason: "missing_permission", permission });
    this.permission = permission;
    this.scope = scope;
  }
}

/** Throws `forbidden` unless the actor holds the permission on the scope. */
export function assertCan(ctx: Pick<Ctx, "actor" | "now">, permission: Permission, scope: Scope | "anywhere"): void {
  if (!allows(ctx.actor, permission, scope, ctx.now())) throw new Refusal(permission, scope);
}
