"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { formatPlural } from "#components/lib/format.ts";
import { State } from "#components/ui/state.tsx";
import { Time } from "#components/ui/time.tsx";
import { auditChain } from "./queries.ts";

/** How far the log is sealed: what comes after the seal is said to be unsealed, not hidden. */
export function ChainState() {
  const { data: chain } = useSuspenseQuery(auditChain());
  const label = chain.unsealed === 0 ? `${formatPlural(chain.sealed, "entry", "entries")} sealed` : `${chain.unsealed} wait to be sealed`;
  return (
    <span className="flex items-center gap-2 text-small">
      <State kind={chain.unsealed === 0 ? "ok" : "waiting"} label={label} />
      {chain.sealedAt ? (
        <span>
          last seal <Time at={chain.sealedAt} />
        </span>
      ) : null}
    </span>
  );
}
