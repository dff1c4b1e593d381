import clsx from "clsx";
import type { StateKind } from "./state-mark.tsx";

const fills: Record<StateKind, string> = {
  ok: "bg-ok",
  moving: "bg-moving",
  waiting: "bg-waiting",
  degraded: "bg-degraded",
  failed: "bg-failed",
  unknown: "bg-unknown",
};

type ProgressBarProps = {
  /** Between 0 and 1. */
  share: number;
  /** What advances: "Traffic on 1.4.0". */
  label: string;
  kind?: StateKind;
  className?: string;
};

export function ProgressBar({ share, label, kind = "moving", className }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={clsx("h-1.5 overflow-hidden rounded-full bg-line", className)}
    >
      <div className={clsx("h-full transition-[width]", fills[kind])} style={{ width: `${percent}%` }} />
    </div>
  );
}
