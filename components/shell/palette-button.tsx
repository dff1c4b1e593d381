"use client";

import { Search } from "lucide-react";
import { Kbd } from "#components/ui/kbd.tsx";
import { preloadPalette } from "./panels.tsx";
import { showPalette } from "./panel-store.ts";

export function PaletteButton() {
  return (
    <button
      type="button"
      aria-label="Search or act ⌘K"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={showPalette}
      onPointerEnter={preloadPalette}
      onFocus={preloadPalette}
      className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-muted transition-colors hover:bg-hover hover:text-ink sm:border sm:bg-surface sm:pr-1.5"
    >
      <Search className="size-4" aria-hidden />
      <span className="hidden text-small lg:inline lg:pr-8">Search or act</span>
      <span className="hidden sm:inline-flex">
        <Kbd>⌘K</Kbd>
      </span>
    </button>
  );
}
