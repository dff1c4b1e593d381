"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { DiffList, type Difference } from "#components/ui/diff-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { State } from "#components/ui/state.tsx";
import { nameOf, shownDifferences } from "./draft.ts";
import { comparison, type Place } from "./queries.ts";

/** How the variables here compare with another environment's; which one is in the URL. */
export function ComparePanel({ place, others }: { place: Place; others: readonly string[] }) {
  const [asked, setAsked] = useQueryState("with", parseAsString);
  const other = others.find((one) => one === asked) ?? others[0];
  if (!other)
    return (
      <EmptyState title="There is nothing to compare with">
        The service has a target in no other environment.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <span>{place.environment} compared with</span>
        <FilterSelect
          label="Compare with"
          any={others[0] ?? ""}
          value={other === others[0] ? null : other}
          options={others.slice(1).map((one) => ({ value: one, label: one }))}
          onChange={(value) => void setAsked(value)}
        />
      </div>
      <Compared place={place} other={other} />
    </div>
  );
}

function Compared({ place, other }: { place: Place; other: string }) {
  const { data } = useSuspenseQuery(comparison({ ...place, with: other }));
  const isSame = data.lacks.length + data.extra.length + data.differences.length === 0;
  const named = (kind: Difference["kind"], list: typeof data.lacks): Difference[] =>
    list.map((one) => ({ name: nameOf(one), kind }));
  return (
    <>
      <State
        kind={isSame ? "ok" : data.lacks.length > 0 ? "degraded" : "unknown"}
        label={data.headline}
        className="!whitespace-normal"
      />
      <Part title={`Only in ${other}`} differences={named("removed", data.lacks)} />
      <Part title={`Only in ${place.environment}`} differences={named("added", data.extra)} />
      <Part title={`Other values, ${other} → ${place.environment}`} differences={shownDifferences(data.differences)} />
      {data.same > 0 ? (
        <p className="text-small text-muted">
          {data.same === 1 ? "1 variable is the same." : `${data.same} variables are the same.`}
        </p>
      ) : null}
    </>
  );
}

function Part({ title, differences }: { title: string; differences: Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-body font-strong">{title}</h2>
      <DiffList differences={differences} />
    </section>
  );
}
