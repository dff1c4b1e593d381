"use client";

import { useCallback } from "react";
import { formatAge, formatRelative } from "#components/lib/format.ts";
import { useTicking } from "#components/lib/now.tsx";

type TimeProps = {
  /** ISO 8601, as the API gives it. */
  at: string;
  /** "2 h" instead of "2 h ago": for cells whose heading says what is meant. */
  isBare?: boolean;
  className?: string;
};

/** An instant as its distance from now, kept current; the instant itself on hover and in the page. */
export function Time({ at, isBare = false, className }: TimeProps) {
  const instant = Date.parse(at);
  const format = useCallback(
    (now: number) => (isBare ? formatAge(instant, now) : formatRelative(instant, now)),
    [instant, isBare],
  );
  const text = useTicking(format);
  return (
    <time dateTime={at} data-tip-instant={at} className={className}>
      {text}
    </time>
  );
}
