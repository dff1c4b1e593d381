"use client";

import { useState } from "react";
import { secretName, type Row } from "./draft.ts";

/** A value, covered while it looks like a secret, or the reference of a secret with its version. */
export function VariableContent({ row }: { row: Row }) {
  const [isShown, setShown] = useState(false);
  if (row.secret !== null) return <SecretContent row={row} secret={row.secret} />;
  if (row.value === "") return <span className="text-muted">empty</span>;
  if (!row.sensitive) return <span className="font-mono wrap-anywhere whitespace-pre-wrap">{row.value}</span>;
  return (
    <span className="inline-flex min-w-0 items-baseline gap-2">
      <span className="font-mono wrap-anywhere">{isShown ? row.value : "•••"}</span>
      <button
        type="button"
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="text-muted underline underline-offset-2 hover:text-ink"
      >
        {isShown ? "Hide" : "Show"}
        <span className="sr-only"> the value of {row.name}, which looks like a secret</span>
      </button>
    </span>
  );
}

function SecretContent({ row, secret }: { row: Row; secret: string }) {
  const version =
    row.secretVersion === undefined
      ? "pinned to the present version when saved"
      : row.secretVersion === null
        ? "follows the current version"
        : `pinned to ${row.secretVersion.slice(0, 8)}`;
  return (
    <span className="inline-flex min-w-0 flex-wrap gap-x-2">
      <span className="text-muted">secret</span>
      <span className="font-mono wrap-anywhere" data-tip={secret}>
        {secretName(secret)}
        {row.secretKey ? `, key ${row.secretKey}` : ""}
      </span>
      <span className="text-muted" data-tip={row.secretVersion ?? undefined}>
        {version}
      </span>
    </span>
  );
}
