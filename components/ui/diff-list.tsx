import clsx from "clsx";

export type Difference = {
  name: string;
  kind: "added" | "changed" | "removed";
  /** Absent for what is added. */
  before?: string;
  /** Absent for what is removed. */
  after?: string;
};

const marks = {
  added: { sign: "+", word: "added", tone: "text-ok" },
  changed: { sign: "~", word: "changed", tone: "text-degraded" },
  removed: { sign: "−", word: "removed", tone: "text-failed" },
} as const;

/** What changes, one line each: a sign, a name, the value before and after. */
export function DiffList({ differences }: { differences: readonly Difference[] }) {
  return (
    <ul className="flex flex-col gap-0.5 font-mono text-small">
      {differences.map(({ name, kind, before, after }) => (
        <li key={name} className="grid grid-cols-[0.75rem_minmax(0,1fr)] items-baseline gap-x-2">
          <span aria-hidden className={clsx("text-center font-strong", marks[kind].tone)}>
            {marks[kind].sign}
          </span>
          <div className="flex flex-wrap items-baseline gap-x-2">
            <span className="sr-only">{marks[kind].word}</span>
            <span className="wrap-anywhere">{name}</span>
            {before === undefined ? null : (
              <del className={clsx("text-muted wrap-anywhere", after !== undefined && "no-underline")}>{before}</del>
            )}
            {before === undefined || after === undefined ? null : <span aria-hidden>→</span>}
            {after === undefined ? null : <ins className="no-underline wrap-anywhere">{after}</ins>}
          </div>
        </li>
      ))}
    </ul>
  );
}
