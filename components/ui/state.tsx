import clsx from "clsx";
import type { ReactNode } from "react";
import { StateMark, type StateKind } from "./state-mark.tsx";
import { stateTone } from "./state-tone.ts";

/** Text size and gap per size; xs is the mark alone, with its word for screen readers. */
const sizes = {
  xs: "gap-0 text-small",
  sm: "gap-1.5 text-small",
  md: "gap-2 text-body",
  lg: "gap-2 text-lead",
  xl: "gap-2.5 text-title font-strong",
} as const;

const marks = { xs: 10, sm: 10, md: 12, lg: 14, xl: 16 } as const;

export type StateProps = {
  kind: StateKind;
  /** The word for it, such as "healthy" or "rolling out". Shown beside the mark; read out when it is not shown. */
  label: ReactNode;
  size?: keyof typeof sizes;
  /** Colour the word too: for headlines and for what needs attention. */
  isToned?: boolean;
  className?: string;
};

/** The one way that state is shown: a shape, a word and a colour. */
export function State({ kind, label, size = "sm", isToned = false, className }: StateProps) {
  const isBare = size === "xs";
  return (
    <span
      data-state={kind}
      data-tip={isBare && typeof label === "string" ? label : undefined}
      className={clsx("inline-flex items-center align-middle whitespace-nowrap", sizes[size], className)}
    >
      <StateMark kind={kind} size={marks[size]} className={stateTone[kind]} />
      <span className={clsx(isBare && "sr-only", isToned && stateTone[kind])}>{label}</span>
    </span>
  );
}
