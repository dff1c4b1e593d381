import type { Column } from "#components/table/column.ts";
import { Time } from "#components/ui/time.tsx";
import type { LockDto } from "#server/locks/schema.ts";
import { LiftButton } from "./lift-button.tsx";
import { scopeInWords } from "./lock-ends.ts";

/** Columns of the list of open locks. */
export const lockColumns: readonly Column<LockDto>[] = [
  {
    id: "scope",
    header: "Locked",
    cell: (lock) => (
      <span className="flex min-w-0 flex-col py-1.5 leading-5">
        <span className="font-strong wrap-anywhere">{scopeInWords(lock)}</span>
        <span className="text-muted wrap-anywhere">{lock.reason}</span>
      </span>
    ),
  },
  { id: "by", header: "By", width: "10rem", narrowLabel: "By", cell: (lock) => lock.createdBy.name },
  { id: "since", header: "Since", width: "8rem", narrowLabel: "Since", cell: (lock) => <Time at={lock.createdAt} /> },
  {
    id: "ends",
    header: "Ends",
    width: "9rem",
    narrowLabel: "Ends",
    cell: (lock) => (lock.expiresAt ? <Time at={lock.expiresAt} /> : "when lifted"),
  },
  {
    id: "lift",
    header: "Lift",
    width: "7rem",
    cell: (lock) => <LiftButton lock={{ id: lock.id, words: lock.words, lift: lock.can.lift }} isInList />,
  },
];
