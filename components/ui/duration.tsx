"use client";

import { useCallback } from "react";
import { formatDuration } from "#components/lib/format.ts";
import { useTicking } from "#components/lib/now.tsx";

type DurationProps = {
  /** ISO 8601. */
  from: string;
  /** ISO 8601; absent while it still runs, and then the figure ticks. */
  to?: string | null | undefined;
  className?: string;
};

/** How long something took, or has been taking. */
export function Duration({ from, to, className }: DurationProps) {
  const start = Date.parse(from);
  const end = to ? Date.parse(to) : undefined;
  const format = useCallback((now: number) => formatRunning(start, end, now), [start, end]);
  const text = useTicking(format, end === undefined);
  return (
    <span className={className} data-tip-instant={from}>
      {text}
    </span>
  );
}

/** Whole seconds while it runs: a first second in milliseconds would flicker. */
function formatRunning(start: number, end: number | undefined, now: number): string {
  return end === undefined
    ? formatDuration(Math.max(1, Math.floor((now - start) / 1000)) * 1000)
    : formatDuration(end - start);
}
