import clsx from "clsx";

export type StateKind = "ok" | "moving" | "waiting" | "degraded" | "failed" | "unknown";

/** Drawn, not typed: glyphs for these shapes differ in size and baseline from font to font. */
const shapes = {
  ok: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  moving: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  waiting: (
    <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
  ),
  degraded: <path d="M8 2 14.6 13.6H1.4z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />,
  failed: <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" fill="currentColor" />,
  unknown: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />,
} satisfies Record<StateKind, React.ReactNode>;

/** The shape of a state. Decoration by itself: whoever draws it also writes the word. `size` in pixels. */
export function StateMark({
  kind,
  size,
  className,
}: {
  kind: StateKind;
  size: number;
  className?: string | undefined;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden
      className={clsx("shrink-0", kind === "moving" && "animate-turn", className)}
    >
      {shapes[kind]}
    </svg>
  );
}
