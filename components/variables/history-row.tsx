"use client";

import { useState } from "react";
import { formatPlural } from "#components/lib/format.ts";
import { Button } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ConfigVersionDto } from "#server/variables/schema.ts";
import type { Place } from "./queries.ts";
import { VersionDiff } from "./version-diff.tsx";

type HistoryRowProps = {
  place: Place;
  version: ConfigVersionDto;
  isNewest: boolean;
  isRunning: boolean;
  blocked: string | undefined;
  onRevert: () => void;
};

/** One version; what it changed is fetched when it is opened. */
export function HistoryRow({ place, version, isNewest, isRunning, blocked, onRevert }: HistoryRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { number, createdBy, createdAt, reason, revertOf, count } = version;
  return (
    <li className="flex flex-col gap-1 border-b py-2 text-small">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="font-strong underline-offset-2 hover:underline"
        >
          Version {number}
        </button>
        {isRunning ? <State kind="ok" label="runs" /> : null}
        <span className="text-muted">
          {createdBy.name}, <Time at={createdAt} />
        </span>
        <span className="text-muted">{formatPlural(count, "variable")}</span>
        {revertOf === null ? null : <span className="text-muted">brings back version {revertOf}</span>}
        <span className="min-w-0 wrap-anywhere">{reason}</span>
        {isNewest ? null : (
          <span className="ml-auto">
            <Button size="small" onClick={onRevert} disabledReason={blocked}>
              Revert to {number}…
            </Button>
          </span>
        )}
      </div>
      {isOpen ? <VersionDiff {...place} from={number - 1} to={number} /> : null}
    </li>
  );
}
