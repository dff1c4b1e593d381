import type { ReactNode } from "react";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { PaletteButton } from "./palette-button.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import { UserMenu, type Viewer } from "./user-menu.tsx";

/** `status` is what runs now, shown on every page. */
export function Header({ viewer, status }: { viewer: Viewer; status?: ReactNode }) {
  return (
    <header className="sticky top-0 z-10 flex h-12 items-center gap-2 border-b bg-canvas px-4 md:px-6">
      <Breadcrumbs />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        {status}
        <PaletteButton />
        <ThemeMenu />
        <UserMenu viewer={viewer} />
      </div>
    </header>
  );
}
