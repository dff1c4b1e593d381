import { chance } from "./numbers.ts";
import type { Size } from "./scratch.ts";

/** Of all deployments, in promille: what a team that deploys many times a day sees. The rest succeed. */
const ends = [
  { status: "failed", promille: 30 },
  { status: "rolled_back", promille: 28 },
  { status: "cancelled", promille: 7 },
  { status: "superseded", promille: 3 },
  { status: "rollback_failed", promille: 1 },
];

function statusOf(roll: number): string {
  let reached = 0;
  for (const { status, promille } of ends) if (roll < (reached += promille) / 1000) return status;
  return "succeeded";
}

/** One deployment of the plan; numbers of services, environments and people begin at one. */
export type Drawn = {
  at: number;
  service: number;
  environment: number;
  release: number;
  /** What ran there before: its release and which deployment brought it; 0 for the first. */
  from: number;
  before: number;
  isRollback: boolean;
  status: string;
  person: number;
  seconds: number;
};

/** How many people there are besides the administrator; they deploy. */
export const people = 60;

/** The moment of each deployment, epoch milliseconds: spread evenly over the days before `now`, each a little off. */
export function momentsOf({ deployments, days }: Size, now: number): (i: number) => number {
  const stepMs = (days * 86_400_000) / deployments;
  return (i) => Math.floor(now - days * 86_400_000 + (i - 0.5 * chance(i, 7)) * stepMs);
}

/**
 * Deployments one after the other, the oldest first: busy services deploy more often than quiet ones, six in ten go to
 * development with a new release each, and what reaches staging and production is one of those, some builds later.
 */
export function* drawDeployments(size: Size, now: number): Generator<Drawn> {
  const momentOf = momentsOf(size, now);
  const builds = new Uint32Array(size.services + 1);
  const running = new Uint32Array((size.services + 1) * 4);
  const last = new Uint32Array((size.services + 1) * 4);
  for (let i = 1; i <= size.deployments; i += 1) {
    const service = placeOf(i, size).service;
    const environment = placeOf(i, size).environment;
    const lag = chance(i, 3);
    const isRollback = chance(i, 4) < 0.015;
    if (environment === 1) builds[service] = (builds[service] ?? 0) + 1;
    const behind = [0, Math.floor(lag * 3), 3 + Math.floor(lag * 8)][environment - 1] ?? 0;
    const release = Math.max(1, (builds[service] ?? 0) - behind - (isRollback ? 2 : 0));
    const place = service * 4 + environment;
    yield {
      ...{ at: momentOf(i), service, environment, release, isRollback },
      from: running[place] ?? 0,
      before: last[place] ?? 0,
      status: statusOf(chance(i, 5)),
      person: 1 + Math.floor(chance(i, 6) * people),
      seconds: 90 + Math.floor(lag * 400),
    };
    running[place] = release;
    last[place] = i;
  }
}

/** Where a deployment goes. */
export function placeOf(i: number, { services }: Size): { service: number; environment: number } {
  const roll = chance(i, 2);
  return { service: 1 + Math.floor(chance(i, 1) ** 1.6 * services), environment: roll < 0.6 ? 1 : roll < 0.85 ? 2 : 3 };
}
