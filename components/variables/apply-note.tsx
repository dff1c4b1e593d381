"use client";

import { lazy, Suspense, useState } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { Button } from "#components/ui/button.tsx";
import { DiffList } from "#components/ui/diff-list.tsx";
import { StaleBoundary } from "#components/ui/stale-boundary.tsx";
import { State } from "#components/ui/state.tsx";
import type { VariablesDto } from "#server/variables/schema.ts";
import { shownDifferences } from "./draft.ts";
import type { Place } from "./queries.ts";

const ApplyDialog = lazy(() => import("./apply-dialog.tsx").then((module) => ({ default: module.ApplyDialog })));

/** What runs now, in words. */
function runningWords({ running, environment }: VariablesDto): string {
  const numbers = [...new Set(running.map((one) => one.number))];
  const [number] = numbers;
  if (numbers.length > 1) return `the targets of ${environment.slug} run different versions`;
  return number == null
    ? `${environment.slug} runs those of its task definition`
    : `${environment.slug} runs version ${number}`;
}

/** Variables that are saved and do not run yet, with the way to apply them. Nothing once they run. */
export function ApplyNote({ place, variables }: { place: Place; variables: VariablesDto }) {
  const [isOpen, setOpen] = useState(false);
  const { number, running, pending } = variables;
  if (number === 0 || running.length === 0 || running.every((one) => one.number === number)) return null;
  return (
    <section aria-label="Saved and not applied" className="flex flex-col gap-2 rounded-md border px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <State
          kind="waiting"
          label={`Version ${number} is saved, and ${runningWords(variables)}.`}
          className="!whitespace-normal"
        />
        <Button className="ml-auto" onClick={() => setOpen(true)} disabledReason={whyNotOf(variables.can.apply)}>
          Apply version {number}…
        </Button>
      </div>
      {pending.length > 0 ? (
        <details className="text-small">
          <summary className="w-fit text-muted underline underline-offset-2">
            {pending.length === 1 ? "1 variable differs" : `${pending.length} variables differ`}
          </summary>
          <div className="pt-2">
            <DiffList differences={shownDifferences(pending)} />
          </div>
        </details>
      ) : null}
      <StaleBoundary>
        <Suspense>
          {isOpen ? <ApplyDialog place={place} number={number} onClose={() => setOpen(false)} /> : null}
        </Suspense>
      </StaleBoundary>
    </section>
  );
}
