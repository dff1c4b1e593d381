"use client";

import clsx from "clsx";

export const views = ["variables", "history", "compare"] as const;
export type View = (typeof views)[number];

const words: Record<View, string> = { variables: "Variables", history: "History", compare: "Compare environments" };

/** Which side of the variables is shown; the choice is in the URL. */
export function ViewSwitch({ current, onPick }: { current: View; onPick: (view: View) => void }) {
  return (
    <div role="group" aria-label="Show" className="mb-4 flex flex-wrap gap-1 text-small">
      {views.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={view === current}
          onClick={() => onPick(view)}
          className={clsx(
            "h-7 rounded-md px-2.5",
            view === current ? "bg-hover font-strong" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {words[view]}
        </button>
      ))}
    </div>
  );
}
