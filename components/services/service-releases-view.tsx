"use client";

import { Suspense } from "react";
import { ReleasesTable } from "#components/releases/releases-table.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ServiceFrame } from "./service-frame.tsx";

export function ServiceReleasesView({ slug }: { slug: string }) {
  return (
    <ServiceFrame slug={slug}>
      {({ service, target }) => (
        <Suspense fallback={<SkeletonRows rows={8} label="Loading releases" />}>
          <ReleasesTable service={service.slug} target={target} />
        </Suspense>
      )}
    </ServiceFrame>
  );
}
