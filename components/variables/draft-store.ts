"use client";

import { useSyncExternalStore } from "react";
import { keyOf, noDraft, type Draft } from "./draft.ts";
import type { Place } from "./queries.ts";

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const nameOf = ({ service, environment }: Place) => keyOf({ container: service, name: environment });
const ask = (event: Event) => event.preventDefault();

/**
 * Changes to variables that are not saved yet, by service and environment. They last as long as the page is not
 * loaded again: looking at something else loses nothing, and before a reload or the end of the tab the browser asks.
 * They are not kept anywhere else, nor after a sign-out, because what somebody types may turn out to be a secret.
 */
export const draftStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (place: Place): Draft => drafts.get(nameOf(place)) ?? noDraft,
  change(place: Place, change: (old: Draft) => Draft): void {
    const draft = change(draftStore.get(place));
    if (draft.size > 0) drafts.set(nameOf(place), draft);
    else drafts.delete(nameOf(place));
    if (drafts.size > 0) addEventListener("beforeunload", ask);
    else removeEventListener("beforeunload", ask);
    for (const listener of listeners) listener();
  },
  /** Drops all of them, and the browser asks no longer: they are of somebody who has left. */
  clear(): void {
    drafts.clear();
    removeEventListener("beforeunload", ask);
    for (const listener of listeners) listener();
  },
};

export function useDraft(place: Place): Draft {
  return useSyncExternalStore(
    draftStore.subscribe,
    () => draftStore.get(place),
    () => noDraft,
  );
}
