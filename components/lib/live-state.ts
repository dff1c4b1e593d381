export type LiveState = {
  status: "connecting" | "live" | "lost" | "signed-out";
  /** Epoch milliseconds of the last sign of life; what is on screen is at least this fresh. */
  heardAt: number | undefined;
};

const listeners = new Set<() => void>();
let state: LiveState = { status: "connecting", heardAt: undefined };

export const liveStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: () => state,
};

export function setLiveState(next: LiveState): void {
  const isSame = next.status === state.status && (next.status === "live" || next.heardAt === state.heardAt);
  state = next;
  if (!isSame) for (const listener of listeners) listener();
}

/** A call was answered with 401: nobody is signed in here any more. */
export function noteSignedOut(): void {
  if (typeof window !== "undefined") setLiveState({ status: "signed-out", heardAt: state.heardAt });
}
