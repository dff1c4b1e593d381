"use client";

import { useState } from "react";
import { formatPlural } from "#components/lib/format.ts";
import { Button } from "#components/ui/button.tsx";
import type { VariablesDto } from "#server/variables/schema.ts";
import type { Draft } from "./draft.ts";
import type { Place } from "./queries.ts";
import { SaveDialog } from "./save-dialog.tsx";

type DraftBarProps = { place: Place; variables: VariablesDto; draft: Draft; onDone: () => void };

/** Changes that are not saved yet: stays in sight at the window's lower edge. */
export function DraftBar({ place, variables, draft, onDone }: DraftBarProps) {
  // What is reviewed is what is saved: the version that was there when the review was opened.
  const [reviewed, setReviewed] = useState<VariablesDto>();
  return (
    <section
      aria-label="Changes that are not saved"
      className="sticky bottom-0 z-10 -mx-2 max-md:bottom-[calc(3.5rem+1px+env(safe-area-inset-bottom))] flex flex-wrap items-center gap-2 border-t bg-canvas px-2 py-2.5"
    >
      <span>{formatPlural(draft.size, "change")} not saved</span>
      <span className="ml-auto flex gap-2">
        <Button onClick={onDone}>Discard</Button>
        <Button variant="primary" onClick={() => setReviewed(variables)}>
          Review and save…
        </Button>
      </span>
      {reviewed ? (
        <SaveDialog
          place={place}
          variables={reviewed}
          draft={draft}
          onClose={() => setReviewed(undefined)}
          onSaved={onDone}
        />
      ) : null}
    </section>
  );
}
