import Link from "next/link";
import { formatPlural } from "#components/lib/format.ts";
import type { Column } from "#components/table/column.ts";
import { DiffList } from "#components/ui/diff-list.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { LongText, PersonName } from "#components/ui/long-text.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditEntryDto } from "#server/audit/schema.ts";
import { actionInWords, differencesOf, kindInWords, subjectPath } from "./words.ts";

/** Part of an entry that the list can be narrowed to. */
export type Narrow = (filter: { actor: string } | { subject: string }) => void;

const linkStyle = "font-strong underline-offset-2 hover:underline";

function Subject({ entry }: { entry: AuditEntryDto }) {
  const path = subjectPath(entry);
  const name = entry.subject.name ?? entry.subject.id;
  const label = `${kindInWords(entry.subject.kind)} ${name}`;
  return path ? (
    <Link href={path} className={`${linkStyle} wrap-anywhere`}>
      {label}
    </Link>
  ) : (
    <span className="font-strong wrap-anywhere">{label}</span>
  );
}

function What({ entry }: { entry: AuditEntryDto }) {
  const differences = differencesOf(entry.changes);
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 py-1">
      <span>
        <span data-tip={entry.action}>{actionInWords(entry.action)}</span> <Subject entry={entry} />
      </span>
      {differences.length > 0 ? (
        <details className="text-muted open:basis-full">
          <summary className="w-fit cursor-pointer hover:text-ink">
            {formatPlural(differences.length, "detail")}
          </summary>
          <div className="py-1 text-ink">
            <DiffList differences={differences} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

/** Columns of the audit log: when, who, what, where, why. */
export function auditColumns(narrow: Narrow): readonly Column<AuditEntryDto>[] {
  return [
    { id: "at", header: "When", width: "110px", cell: (entry) => <Time at={entry.at} className="text-muted" /> },
    {
      id: "actor",
      header: "Who",
      width: "170px",
      cell: (entry) => (
        <button
          type="button"
          onClick={() => narrow({ actor: entry.actor.id })}
          aria-label={`Only what ${entry.actor.name} did`}
          data-tip={`Only what ${entry.actor.name} did`}
          className={`${linkStyle} min-h-6 text-left wrap-anywhere`}
        >
          <PersonName name={entry.actor.name} />
          {entry.actor.kind === "token" ? <span className="font-normal text-muted"> (token)</span> : null}
        </button>
      ),
    },
    { id: "what", header: "What", cell: (entry) => <What entry={entry} /> },
    {
      id: "where",
      header: "Where",
      width: "14rem",
      cell: (entry) => (
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 py-1">
          {entry.service ? <span className="wrap-anywhere">{entry.service.slug}</span> : null}
          {entry.environment ? <EnvironmentTag kind={entry.environment.kind} name={entry.environment.slug} /> : null}
        </span>
      ),
    },
    {
      id: "why",
      header: "Why",
      width: "22%",
      cell: (entry) => (entry.reason ? <LongText text={entry.reason} /> : null),
    },
    {
      id: "sealed",
      header: "Sealed",
      narrowLabel: "Sealed",
      width: "64px",
      align: "right",
      cell: (entry) => (
        <State kind={entry.sealed ? "ok" : "unknown"} size="xs" label={entry.sealed ? "sealed" : "not sealed yet"} />
      ),
    },
  ];
}
