import type { Engine } from "../engine.ts";
import { eventId } from "../ids.ts";

const KEPT = 100;
const QUIET_MS = 6 * 60 * 60_000;

/** Adds to what `DescribeServices` tells of a service. Does nothing for a task that belongs to none. */
export function noteEvent(engine: Engine, serviceArn: string | undefined, text: string): void {
  const service = engine.state.services[serviceArn ?? ""];
  if (!service) return;
  const message = `(service ${service.name}) ${text}`;
  service.events.unshift({ id: eventId(), createdAt: engine.world.clock.now(), message });
  service.events.length = Math.min(service.events.length, KEPT);
  engine.state.save("services");
}

/** The same, unless the service said so within the last six hours of AWS time. */
export function noteEventOnce(engine: Engine, serviceArn: string, text: string): void {
  const { clock } = engine.world;
  const since = clock.now() - clock.real(QUIET_MS);
  const events = engine.state.services[serviceArn]?.events ?? [];
  const isKnown = events.some(({ message, createdAt }) => createdAt > since && message.endsWith(` ${text}`));
  if (!isKnown) noteEvent(engine, serviceArn, text);
}
