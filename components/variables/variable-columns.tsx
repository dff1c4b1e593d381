import clsx from "clsx";
import type { Column } from "#components/table/column.ts";
import { Button } from "#components/ui/button.tsx";
import { nameOf, type Row } from "./draft.ts";
import { VariableContent } from "./variable-content.tsx";

const marks = {
  added: { sign: "+", word: "added, not saved", tone: "text-ok" },
  changed: { sign: "~", word: "changed, not saved", tone: "text-degraded" },
  removed: { sign: "−", word: "removed, not saved", tone: "text-failed" },
} as const;

type Acts = {
  /** Why nothing can be changed, if so. */
  blocked: string | undefined;
  onEdit: (row: Row) => void;
  onRemove: (row: Row) => void;
  onRestore: (row: Row) => void;
};

function Name({ row }: { row: Row }) {
  return (
    <span className={clsx("font-mono wrap-anywhere", row.mark === "removed" && "text-muted line-through")}>
      {row.mark ? (
        <>
          <span aria-hidden className={clsx("mr-1.5 inline-block font-strong", marks[row.mark].tone)}>
            {marks[row.mark].sign}
          </span>
          <span className="sr-only">{marks[row.mark].word}: </span>
        </>
      ) : null}
      {row.name}
      {row.container === "*" ? null : <span className="text-muted"> in {row.container}</span>}
    </span>
  );
}

function RowActs({ row, blocked, onEdit, onRemove, onRestore }: Acts & { row: Row }) {
  const name = nameOf(row);
  return (
    <span className="inline-flex gap-1">
      {row.mark === "removed" ? (
        <Button size="small" variant="ghost" onClick={() => onRestore(row)}>
          Keep<span className="sr-only"> {name}</span>
        </Button>
      ) : (
        <>
          <Button size="small" variant="ghost" onClick={() => onEdit(row)} disabledReason={blocked}>
            Edit…<span className="sr-only"> {name}</span>
          </Button>
          <Button size="small" variant="ghost" onClick={() => onRemove(row)} disabledReason={blocked}>
            Remove<span className="sr-only"> {name}</span>
          </Button>
        </>
      )}
    </span>
  );
}

/** Columns of the variables: name, content, what can be done. */
export function variableColumns(acts: Acts): readonly Column<Row>[] {
  return [
    { id: "name", header: "Name", width: "34%", cell: (row) => <Name row={row} />, sortBy: (row) => row.name },
    { id: "content", header: "Value", cell: (row) => <VariableContent row={row} /> },
    { id: "acts", header: "", width: "170px", align: "right", cell: (row) => <RowActs row={row} {...acts} /> },
  ];
}
