"use client";

import { ReleasesTable } from "#components/releases/releases-table.tsx";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ServiceFrame } from "./service-frame.tsx";

export function ServiceReleasesView({ slug }: { slug: string }) {
  return (
    <ServiceFrame slug={slug}>
      {({ service, target }) => (
        <Part fallback={<SkeletonRows rows={8} label="Loading releases" />}>
          <ReleasesTable service={service.slug} target={target} />
        </Part>
      )}
    </ServiceFrame>
  );
}
