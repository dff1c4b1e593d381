"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { environments } from "#components/environments/queries.ts";
import { attention, firstServices } from "#components/services/queries.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { Attention } from "./attention.tsx";
import { attentionOf } from "./attention-of.ts";
import { Matrix } from "./matrix.tsx";
import { RecentChanges } from "./recent-changes.tsx";

/** What needs somebody, what runs where, and what changed in the last day. */
export function OverviewView() {
  const { data: told } = useSuspenseQuery(attention());
  const { data: first } = useSuspenseQuery(firstServices());
  const { data: allEnvironments } = useSuspenseQuery(environments());
  return (
    <>
      <PageHeader title="Overview" />
      <div className="flex flex-col gap-8">
        <Attention items={attentionOf(told.services)} more={told.more} />
        <Matrix services={first.items} hasMore={first.next !== null} environments={allEnvironments} />
        <RecentChanges />
      </div>
    </>
  );
}
