import type { Db, Tx } from "../db/client.ts";
import { parseActorRef } from "./actor.ts";

export type ActorName = { kind: string; id: string; name: string };

/** Who acted where something was done to a service past the portal: nobody whom it knows. */
export const outsideRef = "outside:ecs";

/** People whose rows are erased, and tokens likewise, keep their id and lose their name. */
const nameless: Record<string, string> = {
  user: "Former user",
  token: "Deleted token",
  outside: "somebody outside the portal",
};

/**
 * Looks up the names behind references such as `user:usr_…`, in two queries however many there are. The answer turns
 * one reference into what DTOs show; jobs and the system itself appear as the product.
 */
export async function actorNames(on: Db | Tx, refs: Iterable<string>): Promise<(ref: string) => ActorName> {
  const actors = [...new Set(refs)].map(parseActorRef);
  const idsOf = (kind: string) => actors.filter((actor) => actor.kind === kind).map((actor) => actor.id);
  const [users, tokens] = [idsOf("user"), idsOf("token")];
  const found = [
    ...(users.length === 0
      ? []
      : await on.user.findMany({ where: { id: { in: users } }, select: { id: true, name: true } })),
    ...(tokens.length === 0
      ? []
      : await on.apiToken.findMany({ where: { id: { in: tokens } }, select: { id: true, name: true } })),
  ];
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return (ref) => {
    const { kind, id } = parseActorRef(ref);
    return { kind, id, name: names.get(id) ?? nameless[kind] ?? "Quarterdeck" };
  };
}
