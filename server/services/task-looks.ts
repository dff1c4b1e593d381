import type { ServiceState } from "../deployments/ports.ts";

/**
 * Targets whose tasks are listed in one look. ECS allows 20 reads of tasks a second (request throttling), and listing
 * takes three for each service: at one look in 30 s, ten services are a twentieth of that. Deployments under way list
 * theirs besides (deployments/engine/looks.ts).
 */
const mostListed = 10;

/** When the tasks of a target were last listed, as the number of a look, and what its service looked like then. */
export type TaskLooks = Map<string, { turn: number; state: string }>;

type Seen = { id: string; service: ServiceState | undefined };

/** What changes when tasks come, go or fail: ECS counts them and writes an event. */
function stateOf({
  desiredCount,
  runningCount,
  pendingCount,
  taskDefinitionArn,
  currentRolloutArn,
  events,
}: ServiceState): string {
  return [desiredCount, runningCount, pendingCount, taskDefinitionArn, currentRolloutArn, events[0]?.id].join(" ");
}

/**
 * Ids of the targets whose tasks are worth their calls now: first those where something changed since, then those that
 * were left alone the longest. With few services that is all of them. Notes the choice in `known`.
 */
export function chooseTaskLooks(seen: readonly Seen[], known: TaskLooks, most = mostListed): Set<string> {
  const turn = 1 + Math.max(0, ...[...known.values()].map((look) => look.turn));
  const states = new Map(seen.flatMap(({ id, service }) => (service ? [[id, stateOf(service)] as const] : [])));
  const lastTurn = (id: string) => known.get(id)?.turn ?? 0;
  const hasChanged = (id: string) => known.get(id)?.state !== states.get(id);
  const chosen = [...states.keys()]
    .toSorted((a, b) => Number(hasChanged(b)) - Number(hasChanged(a)) || lastTurn(a) - lastTurn(b))
    .slice(0, most);
  for (const id of known.keys()) if (!seen.some((one) => one.id === id)) known.delete(id);
  for (const id of chosen) known.set(id, { turn, state: states.get(id) ?? "" });
  return new Set(chosen);
}
