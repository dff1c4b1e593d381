import { paths } from "#components/lib/paths.ts";
import { statusWord } from "#components/deployments/deployment-state.tsx";
import { placeInWords } from "#components/services/place-in-words.ts";
import type { StateKind } from "#components/ui/state-mark.tsx";
import type { ListedServiceDto, ListedTargetDto } from "#server/services/schema.ts";

export type AttentionItem = {
  id: string;
  kind: StateKind;
  /** What is wrong or under way, as a sentence without the place. */
  text: string;
  service: string;
  environment: ListedTargetDto["environment"];
  /** Which of several targets it is about. */
  place: string | null;
  href: string;
  /** When it ended, for what ended; when it changed, for a secret. ISO 8601. */
  at: string | null;
};

const worstFirst: readonly StateKind[] = ["failed", "degraded", "waiting", "moving"];

/** Endings that somebody should look at. */
const bad: Record<string, StateKind> = { failed: "failed", rollback_failed: "failed", rolled_back: "degraded" };

/** What somebody should look at, the worst first: targets that are ill, deployments that ended badly or are under way. */
export function attentionOf(services: readonly ListedServiceDto[]): AttentionItem[] {
  const items = services.flatMap((service) => service.targets.flatMap((target) => itemsOf(service.slug, target)));
  const sorted = items.toSorted((a, b) => worstFirst.indexOf(a.kind) - worstFirst.indexOf(b.kind));
  // A deployment to several targets is told once, by the target where it ended worst.
  return sorted.filter(({ id }, index) => sorted.findIndex((other) => other.id === id) === index);
}

function itemsOf(service: string, target: ListedTargetDto): AttentionItem[] {
  const { environment, active, latest, health } = target;
  const base = { service, environment, place: target.siblings > 0 ? placeInWords(target) : null };
  const items: AttentionItem[] = [];
  if (health === "failed" || health === "degraded") {
    const text =
      target.healthReason ??
      (health === "failed" ? "No task serves requests." : "Some tasks are missing or unhealthy.");
    const href = paths.service({ service, environment: environment.slug });
    items.push({ ...base, id: `${target.id}:health`, kind: health, text, href, at: null });
  }
  for (const { reference, state, headline, changedAt } of target.secrets) {
    const href = paths.serviceVariables({ service, environment: environment.slug });
    const kind = state === "broken" ? "failed" : "degraded";
    items.push({ ...base, id: `${target.id}:${reference}:${state}`, kind, text: headline, href, at: changedAt });
  }
  if (active) {
    const text = `${active.version} is ${statusWord(active.status, active.step)}`;
    const kind = active.status === "paused" || active.status === "queued" ? "waiting" : "moving";
    items.push({
      ...base,
      place: null,
      id: active.id,
      kind,
      text,
      href: paths.deployment({ deployment: active.id }),
      at: null,
    });
    return items;
  }
  const kind = latest ? bad[latest.status] : undefined;
  if (latest && kind) {
    const text =
      latest.status === "rolled_back"
        ? `${latest.version} was rolled back`
        : `${latest.version} ${statusWord(latest.status)}`;
    items.push({
      ...base,
      place: null,
      id: latest.id,
      kind,
      text,
      href: paths.deployment({ deployment: latest.id }),
      at: latest.finishedAt,
    });
  }
  return items;
}
