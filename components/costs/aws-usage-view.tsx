"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { DataTable } from "#components/table/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { AwsUsageDto } from "#server/costs/schema.ts";
import { count, dollars } from "./amounts.ts";
import { awsUsage } from "./queries.ts";
import { usageColumns } from "./usage-columns.tsx";

/** How often the portal calls AWS, how near that comes to the quotas, and what those calls cost a month whose price is known. */
export function AwsUsageView() {
  const { data } = useSuspenseQuery(awsUsage());
  return (
    <>
      {data.since ? <Summary usage={data} /> : null}
      <DataTable
        caption="Calls of AWS by operation"
        columns={usageColumns(data.items)}
        rows={data.items.toSorted((a, b) => b.callsPerDay - a.callsPerDay)}
        rowId={(row) => row.id}
        empty={
          <EmptyState title="No calls counted yet">
            The portal asks AWS what runs, every half minute and more often during a deployment. Its calls are counted
            here, written down once a minute.
          </EmptyState>
        }
      />
      {data.items.length > 0 ? <Prices usage={data} /> : null}
    </>
  );
}

function Summary({ usage }: { usage: AwsUsageDto }) {
  const days = usage.days < 1.5 ? "the last day" : `the last ${count(usage.days)} days`;
  return (
    <p className="mb-3 max-w-prose">
      {usage.items.some(({ price }) => price) ? (
        <>
          <strong>{dollars(usage.usdPerMonth)} a month</strong> for calls that have a price.{" "}
        </>
      ) : null}
      {count(usage.calls / usage.days)} calls a day, counted over {days}, of which{" "}
      {usage.throttled === 0 ? "none was" : `${count(usage.throttled)} were`} throttled. Quotas are shared with
      everything else in the account.
    </p>
  );
}

function Prices({ usage }: { usage: AwsUsageDto }) {
  const prices = new Map(
    usage.items.flatMap(({ price, service }) => (price ? [[`${service} ${price.unit}`, { ...price, service }]] : [])),
  );
  if (prices.size === 0) {
    return (
      <p className="mt-3 max-w-prose text-small text-muted">
        The portal knows no price of these calls; AWS may bill some of them all the same.
      </p>
    );
  }
  return (
    <p className="mt-3 max-w-prose text-small text-muted">
      Of a call that is &ldquo;not priced&rdquo; the portal knows no price; AWS may bill it all the same.{" "}
      {[...prices].map(([key, { service, usd, per, unit, source }]) => (
        <span key={key}>
          {service}: ${usd} for {count(per)} {unit} (
          <a href={source} className="underline underline-offset-2" rel="noreferrer" target="_blank">
            AWS&rsquo;s prices
          </a>
          , us-east-1; look there before you rely on it).{" "}
        </span>
      ))}
      Free tiers are not deducted.
    </p>
  );
}
