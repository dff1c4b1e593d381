"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { whyNotOf } from "#components/lib/permit.ts";
import { problemOf } from "#components/lib/problem.ts";
import { PageHeader } from "#components/shell/page-header.tsx";
import { ProductionBand } from "#components/shell/production-band.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { State } from "#components/ui/state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { ImportPlaceForm } from "./import-place-form.tsx";
import { ImportServices } from "./import-services.tsx";
import { discovered, environment as environmentQuery, type Place } from "./queries.ts";

type FoundProps = { environment: string; place: Place };

function Found({ environment, place }: FoundProps) {
  const { data, error, isFetching } = useQuery(discovered(environment, place));
  if (error && !isFetching) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <SkeletonRows rows={6} label="Loading what runs there" />;
  return (
    <>
      {data.warnings.map((warning) => (
        <p key={warning} role="note" className="mb-2 text-muted text-pretty">
          Left out: {warning}
        </p>
      ))}
      {data.services.length > 0 ? (
        <ImportServices environment={environment} place={place} services={data.services} />
      ) : (
        <EmptyState title="No ECS services here">
          The clusters of this account and region run no services. Look in another region, or with another role.
        </EmptyState>
      )}
    </>
  );
}

/** Takes ECS services that run already into the portal: choose where, look, choose what. */
export function ImportView({ slug }: { slug: string }) {
  const { data: environment } = useSuspenseQuery(environmentQuery(slug));
  const [place, setPlace] = useState<Place>();
  const whyNot = whyNotOf(environment.can.import);
  return (
    <>
      {environment.kind === "production" ? <ProductionBand /> : null}
      <PageHeader title="Import from AWS" facts={<EnvironmentTag kind={environment.kind} name={environment.slug} />}>
        <p className="mt-2 max-w-prose text-muted text-pretty">
          Services that run in ECS become services of the portal, each with a target in {environment.name}. What runs
          now becomes a release, so that there is something to return to. Nothing is changed in AWS.
        </p>
      </PageHeader>
      {whyNot ? <State kind="unknown" size="md" label={whyNot} className="mb-4 !whitespace-normal" /> : null}
      <ImportPlaceForm environment={slug} whyNot={whyNot} onPlace={setPlace} />
      <div className="mt-6">
        {place ? <Found key={JSON.stringify(place)} environment={slug} place={place} /> : null}
      </div>
    </>
  );
}
