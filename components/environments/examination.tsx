"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { formatPlural } from "#components/lib/format.ts";
import { problemOf } from "#components/lib/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code.tsx";
import { LoadMore, moreOf } from "#components/ui/load-more.tsx";
import type { StateKind } from "#components/ui/state-mark.tsx";
import { State } from "#components/ui/state.tsx";
import type { FindingDto } from "#server/deployments/schema.ts";
import { examinationPages } from "./queries.ts";

const kinds: Record<FindingDto["result"], StateKind> = {
  ok: "ok",
  warning: "degraded",
  failed: "failed",
  denied: "failed",
  unknown: "unknown",
};

/** What stands out first; what is fine is counted and not listed, and what reads cannot tell is folded away. */
const order: readonly FindingDto["result"][] = ["denied", "failed", "warning"];

function Finding({ finding }: { finding: FindingDto }) {
  return (
    <li className="flex flex-col gap-1 border-t py-2 first:border-t-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <State kind={kinds[finding.result]} label={finding.result} isToned />
        <span className="font-strong wrap-anywhere">{finding.check}</span>
      </div>
      <p className="text-muted text-pretty wrap-anywhere">{finding.detail}</p>
      {finding.policy && finding.result === "denied" ? (
        <CodeBlock text={finding.policy} label={`policy line for ${finding.check}`} />
      ) : null}
    </li>
  );
}

function Findings({ findings }: { findings: readonly FindingDto[] }) {
  const shown = order.flatMap((result) => findings.filter((one) => one.result === result));
  const untold = findings.filter((one) => one.result === "unknown");
  const fine = findings.length - shown.length - untold.length;
  return (
    <>
      <State kind={shown.length > 0 ? "degraded" : "ok"} label={tally(fine, shown.length)} />
      <List findings={shown} />
      {untold.length > 0 ? (
        <details className="mt-1">
          <summary className="w-fit text-muted hover:text-ink">{untold.length} cannot be checked by reads</summary>
          <List findings={untold} />
        </details>
      ) : null}
    </>
  );
}

function List({ findings }: { findings: readonly FindingDto[] }) {
  return (
    <ul className="mt-1">
      {findings.map((finding) => (
        <Finding key={finding.check} finding={finding} />
      ))}
    </ul>
  );
}

/** "36 checks are fine", "31 checks are fine, 1 needs attention". */
function tally(fine: number, others: number): string {
  const good = `${formatPlural(fine, "check")} ${fine === 1 ? "is" : "are"} fine`;
  return others === 0 ? good : `${good}, ${others} ${others === 1 ? "needs" : "need"} attention`;
}

/** Checks what the portal may do in the environment's accounts, when asked to: it only reads. */
export function Examination({ environment, whyNot }: { environment: string; whyNot: string | undefined }) {
  const [isAsked, setAsked] = useState(false);
  const examination = useInfiniteQuery({ ...examinationPages(environment), enabled: isAsked });
  const { data, error, isFetching, refetch } = examination;
  const targets = data?.pages.flatMap((page) => page.targets);
  const leftOut = data?.pages.at(-1)?.leftOut ?? 0;
  return (
    <section aria-labelledby="access" className="mt-8">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="access" className="text-body font-strong">
          Access
        </h2>
        <Button
          size="small"
          isBusy={isFetching}
          disabledReason={whyNot}
          onClick={() => (isAsked ? void refetch() : setAsked(true))}
        >
          Check access
        </Button>
      </div>
      <p className="mt-1 max-w-prose text-muted text-pretty">
        Asks AWS what the portal may do for each target, and how the services are set up. It changes nothing and reads
        no secret. The same is printed by npm run doctor.
      </p>
      <div role="status" className="mt-3 flex flex-col gap-6">
        {error ? <ProblemNote problem={problemOf(error)} /> : null}
        {targets?.length === 0 ? <p>There are no targets here yet.</p> : null}
        {targets?.map((target) => (
          <div key={target.target}>
            <h3 className="font-strong wrap-anywhere">
              {target.service}: {target.ecsService} in {target.cluster}, {target.accountId}, {target.region}
            </h3>
            <Findings findings={target.findings} />
          </div>
        ))}
        {leftOut > 0 ? <p>Not looked at yet: {formatPlural(leftOut, "more target")}.</p> : null}
        <LoadMore more={moreOf(examination)} />
      </div>
    </section>
  );
}
