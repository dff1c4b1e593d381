import DataLoader from "dataloader";
import { RuntimeFailure, type Placement } from "../deployments/ports.ts";
import { inTurns } from "./batches.ts";
import { BoundedMap } from "../core/bounded-map.ts";

/** What may be asked for in one call: one cluster, entered in the role of one environment. */
export type Cluster = Omit<Placement, "ecsService">;

/**
 * How long the first read waits for others that can go out with it, milliseconds. Looks fall together (`onGrid` of
 * deployments/engine/looks.ts), so the least is enough for a few. Many need the database first and so come one after
 * the other: beyond a few, each other look of the last second adds to the wait, up to the most. What is asked for
 * in one go is one look, known by the first of it: a service's tasks are one, however many there are.
 */
const [leastWindowMs, mostWindowMs, perOtherMs, few] = [10, 150, 10, 4] as const;

/** Counts the different looks of the second before. `add` is told of everything that is asked for. */
function lastSecond(): { add(id: string): void; count(): number } {
  const times = new Map<string, number>();
  let isFirst = true;
  return {
    add(id) {
      if (!isFirst) return;
      isFirst = false;
      queueMicrotask(() => (isFirst = true));
      times.set(id, performance.now());
    },
    count() {
      const since = performance.now() - 1_000;
      for (const [id, at] of times) if (at < since) times.delete(id);
      return times.size;
    },
  };
}

/** Clusters whose reads are gathered at once; more only means that the first is gathered anew. */
const mostClusters = 500;

/** Reads asked alone, at once, after AWS refused them together. */
const width = 5;

/** Failures that may be about one of the things asked for, so that the others have to be asked for without it. */
function mayBeOfOne(error: unknown): boolean {
  return error instanceof RuntimeFailure && ["not_found", "refused", "denied"].includes(error.kind);
}

export type Gathered<Value> = {
  /** At most so many in one call. */
  most: number;
  /** Asks for all of them. Answers what was found of each, or the failure that only its own caller gets. */
  read(place: Cluster, ids: readonly string[]): Promise<(id: string) => Value | RuntimeFailure>;
};

/**
 * Reads of one thing that go out together: what is asked for within a few milliseconds, in one cluster and one
 * environment's role, is one call, and the same thing asked for twice is one entry of it. Nothing is kept: whoever asks
 * after a call went out is in the next one. A call that AWS throttles fails once, for all who are in it.
 */
export function gather<Value>({ most, read }: Gathered<Value>): (place: Cluster, id: string) => Promise<Value> {
  const loaders = new BoundedMap<string, (id: string) => Promise<Value>>(mostClusters);

  async function answers(place: Cluster, ids: readonly string[]): Promise<(Value | Error)[]> {
    try {
      const answerOf = await read(place, ids);
      return ids.map(answerOf);
    } catch (error) {
      if (ids.length === 1 || !mayBeOfOne(error)) throw error;
      return inTurns(ids, width, async (id) => {
        const [answer] = await answers(place, [id]).catch((own: unknown) => [
          own instanceof Error ? own : new Error(String(own)),
        ]);
        return answer as Value | Error;
      });
    }
  }

  function loaderOf({ environmentId, accountId, region, cluster }: Cluster): (id: string) => Promise<Value> {
    const place = { environmentId, accountId, region, cluster };
    const key = [environmentId, accountId, region, cluster].join("/");
    const known = loaders.get(key);
    if (known) return known;
    const recent = lastSecond();
    const windowMs = () => Math.min(leastWindowMs + perOtherMs * Math.max(0, recent.count() - few), mostWindowMs);
    const loader = new DataLoader<string, Value>(
      (ids) => {
        for (const id of ids) loader.clear(id);
        return answers(place, ids);
      },
      { maxBatchSize: most, batchScheduleFn: (send) => void setTimeout(send, windowMs()) },
    );
    const load = (id: string) => {
      recent.add(id);
      return loader.load(id);
    };
    loaders.set(key, load);
    return load;
  }

  return (place, id) => loaderOf(place)(id);
}
