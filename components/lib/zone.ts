"use client";

import { useSyncExternalStore } from "react";
import { inZone } from "./format.ts";

const never = () => () => {};
let readers: string | undefined;

/** The reader's time zone; UTC while the server renders and until the browser has taken over. */
export function useZone(): string {
  return useSyncExternalStore(
    never,
    () => (readers ??= Intl.DateTimeFormat().resolvedOptions().timeZone),
    () => "UTC",
  );
}

/** A sentence of the API with its instants in the reader's zone. */
export function useZoned(text: string): string {
  return inZone(text, useZone());
}
