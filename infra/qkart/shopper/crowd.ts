import { Agent, request } from "node:http";
import { createVisit, type Step, type Visit } from "./visit.ts";

const maxInFlight = 16;
/** Visitors at once per target; each step is taken by the next of them. */
const visitors = 8;
const timeoutMs = 10_000;

export type Counts = {
  target: string;
  ok: number;
  refused: number;
  failed: number;
  unreachable: number;
  skipped: number;
};
export type Crowd = { takeCounts(): Counts; stop(): void };

/**
 * Visitors of one shop. Open loop: a step starts when its time has come, whether or not earlier ones were answered,
 * because real visitors do not wait for each other; above 16 requests in flight a step is skipped.
 */
export function createCrowd({ target, stepsPerSecond }: { target: string; stepsPerSecond: number }): Crowd {
  const agent = new Agent({ keepAlive: true, maxSockets: maxInFlight, maxFreeSockets: 4 });
  const visits = Array.from({ length: visitors }, startedVisit);
  let counts = noCounts(target);
  let inFlight = 0;
  let turn = 0;

  function take(): void {
    if (inFlight >= maxInFlight) {
      counts.skipped += 1;
      return;
    }
    turn = (turn + 1) % visitors;
    const current = visits[turn];
    const visit = current === undefined || current.isOver() ? createVisit() : current;
    visits[turn] = visit;
    send(visit.next());
  }

  function send(step: Step): void {
    inFlight += 1;
    let settled = false;
    const settle = (outcome: keyof Omit<Counts, "target">) => {
      if (settled) return;
      settled = true;
      inFlight -= 1;
      counts[outcome] += 1;
    };
    const outgoing = request(
      new URL(step.path, target),
      { method: step.method, headers: step.headers, agent, timeout: timeoutMs },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.on("error", () => settle("unreachable"));
        answer.on("end", () => settle(status >= 500 ? "failed" : status >= 400 ? "refused" : "ok"));
        answer.resume();
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("timeout")));
    outgoing.on("error", () => settle("unreachable"));
    outgoing.end(step.body);
  }

  const timer = setInterval(take, 1_000 / stepsPerSecond);
  return {
    takeCounts() {
      const taken = counts;
      counts = noCounts(target);
      return taken;
    },
    stop() {
      clearInterval(timer);
      agent.destroy();
    },
  };
}

/** The first visitors are found mid-visit, so that they do not all do the same at once. */
function startedVisit(): Visit {
  const visit = createVisit();
  for (let skip = Math.floor(Math.random() * 4); skip > 0; skip -= 1) visit.next();
  return visit;
}

function noCounts(target: string): Counts {
  return { target, ok: 0, refused: 0, failed: 0, unreachable: 0, skipped: 0 };
}
