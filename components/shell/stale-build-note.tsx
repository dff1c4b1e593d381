"use client";

import { reloadWithText } from "#components/lib/kept-text.ts";
import { Button } from "#components/ui/button.tsx";

/** Says that the portal was upgraded since the page was opened. It stays until the page is reloaded. */
export function StaleBuildNote() {
  return (
    <span className="pointer-events-auto mx-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border bg-raised px-3 py-1.5 text-small shadow-float">
      A new version of Quarterdeck is there. What you typed into a form is put back.
      <Button size="small" variant="primary" onClick={reloadWithText}>
        Reload
      </Button>
    </span>
  );
}
