import type { ReactNode } from "react";
import { Bar } from "./bar.tsx";
import { Header } from "./header.tsx";
import { Hotkeys } from "./hotkeys.tsx";
import { LiveUpdates } from "./live-updates.tsx";
import { Panels } from "./panels.tsx";
import { Rail } from "./rail.tsx";
import type { Viewer } from "./user-menu.tsx";

type ShellProps = {
  viewer: Viewer;
  /** What runs now, in the header of every page. */
  status?: ReactNode;
  /** Counts of what moves, by the area's first URL segment. */
  badges?: Record<string, ReactNode>;
  children: ReactNode;
};

/** The frame of every console page. */
export function Shell({ viewer, status, badges = {}, children }: ShellProps) {
  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md border bg-raised px-3 py-1.5 focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail badges={badges} />
      <div className="pb-14 md:pb-0 md:pl-52">
        <Header viewer={viewer} status={status} />
        <main id="content" tabIndex={-1} className="min-w-0 px-4 py-5 outline-none md:p-6">
          {children}
        </main>
      </div>
      <Bar badges={badges} />
      <Hotkeys />
      <Panels />
      <LiveUpdates />
    </>
  );
}
