"use client";

import { useCallback } from "react";
import { useTicking } from "#components/lib/now.tsx";
import { formatPlural } from "#components/lib/format.ts";
import type { ChangeDto } from "#server/changes/schema.ts";
import { lastDay } from "./last-day.ts";

/** The last 24 hours as a line, a tick for each change: production tall, what ended badly in its colour. */
export function ChangeAxis({ changes }: { changes: readonly ChangeDto[] }) {
  // A minute is a thousandth of the line: no need to draw it more often.
  const minute = useTicking(useCallback((now: number) => String(Math.floor(now / 60_000)), []));
  const ticks = lastDay(changes, Number(minute) * 60_000 + 59_999);
  return (
    <div className="mb-2">
      <svg
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${formatPlural(ticks.length, "change")} in the last 24 hours`}
        className="h-6 w-full overflow-visible"
      >
        <line x1="0" x2="1000" y1="23.5" y2="23.5" className="stroke-line" vectorEffect="non-scaling-stroke" />
        {ticks.map((tick) => (
          <line
            key={tick.id}
            x1={tick.x}
            x2={tick.x}
            y1={tick.isProduction ? 4 : 12}
            y2="23.5"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
            className={tick.isBad ? "stroke-failed" : tick.isProduction ? "stroke-ink" : "stroke-line-strong"}
          />
        ))}
      </svg>
      <div aria-hidden className="flex justify-between text-small text-muted">
        <span>24 h ago</span>
        <span>12 h</span>
        <span>now</span>
      </div>
    </div>
  );
}
