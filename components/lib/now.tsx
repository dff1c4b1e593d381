"use client";

import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from "react";

const RenderedAt = createContext(0);

/** Carries the instant of the server render, so that the first render in the browser says the same words. */
export function RenderedAtProvider({ at, children }: { at: number; children: ReactNode }) {
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for the whole page, however many times it shows; none when it shows no time. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((notify) => notify()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const still = () => () => {};

/**
 * Text that depends on the clock. Looked at each second, rendered again only when the words change.
 * `format` takes epoch milliseconds; `isTicking` false freezes it.
 */
export function useTicking(format: (now: number) => string, isTicking = true): string {
  const renderedAt = use(RenderedAt);
  const onServer = useCallback(() => format(renderedAt), [format, renderedAt]);
  return useSyncExternalStore(isTicking ? subscribe : still, () => format(Date.now()), onServer);
}
