import type { ReactNode } from "react";

export type Fact = { name: string; value: ReactNode };

/** Facts about one thing, name beside value; stacked on a narrow screen. */
export function KeyValue({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
      {facts.map((fact) => (
        <div key={fact.name} className="contents">
          <dt className="min-h-6 content-center text-muted">{fact.name}</dt>
          <dd className="min-h-6 min-w-0 content-center wrap-anywhere">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
