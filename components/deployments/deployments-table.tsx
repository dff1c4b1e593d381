"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { DataTable } from "#components/table/data-table.tsx";
import { moreOf } from "#components/ui/load-more.tsx";
import { deploymentColumns, deploymentColumnsOfService } from "./deployment-columns.tsx";
import { deploymentPages } from "./queries.ts";

type DeploymentsTableProps = {
  service?: string | undefined;
  environment?: string | undefined;
  status?: string | undefined;
  empty: ReactNode;
};

export function DeploymentsTable({ empty, ...filter }: DeploymentsTableProps) {
  const pages = useSuspenseInfiniteQuery(deploymentPages(filter));
  return (
    <DataTable
      caption="Deployments, newest first"
      columns={filter.service ? deploymentColumnsOfService : deploymentColumns}
      rows={pages.data.pages.flatMap((page) => page.items)}
      rowId={(row) => row.id}
      empty={empty}
      more={moreOf(pages)}
    />
  );
}
