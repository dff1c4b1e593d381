"use client";

import { DeploymentsTable } from "#components/deployments/deployments-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ServiceFrame } from "./service-frame.tsx";

export function ServiceDeploymentsView({ slug }: { slug: string }) {
  return (
    <ServiceFrame slug={slug}>
      {({ service, target }) => (
        <Part fallback={<SkeletonRows rows={8} label="Loading deployments" />}>
          <DeploymentsTable
            service={service.slug}
            environment={target?.environment.slug}
            empty={
              <EmptyState title="No deployments here yet">
                A deployment brings a release to this environment. Press Deploy to make the first one.
              </EmptyState>
            }
          />
        </Part>
      )}
    </ServiceFrame>
  );
}
