import type { Directory, HeldGrant } from "./permissions.ts";

/** What people and tokens know while a request is answered: whom to ask for what they may not do. */
type Asking = { whoMay?: Directory };

/** Who acts. Audit entries keep `kind` and `id` only. */
export type Actor =
  | ({
      kind: "user";
      id: string;
      name: string;
      email: string;
      /** Of the session by which they ask; absent when somebody or something acts for them. */
      sessionId?: string;
      grants: HeldGrant[];
      /** Held and not counted: they count while the person has raised their role (break-glass). */
      dormant?: HeldGrant[];
    } & Asking)
  | ({ kind: "token"; id: string; name: string; ownerId: string; grants: HeldGrant[] } & Asking)
  | { kind: "job"; id: string }
  | { kind: "system"; id: string };

/** One string for columns such as `created_by`: `user:usr_…`. */
export function actorRef(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

/** Splits what `actorRef` made; an id may hold colons of its own. */
export function parseActorRef(ref: string): { kind: string; id: string } {
  const [kind = "", ...rest] = ref.split(":");
  return { kind, id: rest.join(":") };
}
