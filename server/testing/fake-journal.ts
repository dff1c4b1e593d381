import { placementKey, type Placement, type RuntimeFailure } from "../deployments/ports.ts";

export type FakeCall = {
  operation: string;
  placement: string | null;
  outcome: "ok" | "failed";
  effect: "changed" | "none";
  subject: string | null;
};

type Failure = { operation: string; failure: RuntimeFailure; lost: boolean };
type Hook = (operation: string, phase: "before" | "after") => void | Promise<void>;

/** Runs the calls of a fake: writes them down, injects failures, and lets a test die before or after one. */
export function createFakeJournal() {
  const journal: FakeCall[] = [];
  const failures: Failure[] = [];
  let hook: Hook = () => undefined;

  function takeFailure(operation: string): Failure | undefined {
    const index = failures.findIndex((one) => one.operation === operation);
    return index < 0 ? undefined : failures.splice(index, 1)[0];
  }

  async function call<Out>(
    operation: string,
    placement: Placement | undefined,
    body: (changed: (subject: string) => void) => Out,
  ): Promise<Out> {
    await hook(operation, "before");
    const failure = takeFailure(operation);
    const entry: FakeCall = {
      operation,
      placement: placement ? placementKey(placement) : null,
      outcome: "failed",
      effect: "none",
      subject: null,
    };
    journal.push(entry);
    if (failure && !failure.lost) throw failure.failure;
    const result = body((subject) => Object.assign(entry, { effect: "changed", subject }));
    await hook(operation, "after");
    if (failure) throw failure.failure;
    entry.outcome = "ok";
    return result;
  }

  return {
    journal,
    call,
    failNext(operation: string, failure: RuntimeFailure, { times = 1, lost = false } = {}): void {
      for (let index = 0; index < times; index += 1) failures.push({ operation, failure, lost });
    },
    setHook: (next: Hook) => void (hook = next),
  };
}

export type FakeJournal = ReturnType<typeof createFakeJournal>;
