"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { paths } from "#components/lib/paths.ts";
import { LockNote } from "#components/locks/lock-note.tsx";
import { PageHeader } from "#components/shell/page-header.tsx";
import { ProductionBand } from "#components/shell/production-band.tsx";
import { Code } from "#components/ui/code.tsx";
import { State } from "#components/ui/state.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ServiceDto, TargetDto } from "#server/services/schema.ts";
import { EnvironmentPicker } from "./environment-picker.tsx";
import { healthWord } from "./health-state.tsx";
import { service as serviceQuery } from "./queries.ts";
import { ServiceActions } from "./service-actions.tsx";
import { shownTarget } from "./shown-target.ts";
import { targetsHere } from "./targets-here.ts";

type ServiceFrameProps = {
  slug: string;
  children: (shown: { service: ServiceDto; target: TargetDto | undefined }) => ReactNode;
};

/** Head, acts and tabs of a service in one environment, which the URL names. */
export function ServiceFrame({ slug, children }: ServiceFrameProps) {
  const { data: service } = useSuspenseQuery(serviceQuery(slug));
  const [asked] = useQueryState("environment", parseAsString);
  const pathname = usePathname();
  const target = shownTarget(service.targets, asked);
  const here = service.targets.filter((one) => one.environment.id === target?.environment.id);
  const told = targetsHere(here);
  const place = { service: service.slug, environment: asked ?? undefined };
  const tabs = [
    { label: "Overview", href: paths.service(place) },
    { label: "Deployments", href: paths.serviceDeployments(place) },
    { label: "Releases", href: paths.serviceReleases(place) },
    { label: "Variables", href: paths.serviceVariables(place) },
  ];
  return (
    <>
      {target?.environment.kind === "production" ? <ProductionBand /> : null}
      <PageHeader
        title={service.slug}
        facts={
          told ? (
            <>
              <State
                kind={told.worst.health}
                label={
                  told.alike < here.length
                    ? `${told.alike} of ${here.length} targets ${healthWord(told.worst)}`
                    : healthWord(told.worst)
                }
                size="md"
              />
              <span className="inline-flex min-w-0 flex-wrap gap-x-1.5">
                <span className="min-w-0 wrap-anywhere">
                  {told.versions.length > 0 ? <Code className="text-ink">{told.versions.join(", ")}</Code> : null}
                  {told.versions.length > 0 && told.without.length > 0 ? ", " : null}
                  {told.without.join(", ")}
                </span>
                {told.since ? (
                  <span>
                    since <Time at={told.since} isBare />
                  </span>
                ) : null}
              </span>
            </>
          ) : null
        }
        actions={target ? <ServiceActions service={service.slug} target={target} targets={here} /> : null}
      >
        {service.description ? <p className="mt-1 max-w-prose text-small text-muted">{service.description}</p> : null}
        {told?.locks.map((lock) => (
          <LockNote key={lock.id} lock={lock} />
        ))}
      </PageHeader>
      <div className="mb-5">
        <Tabs
          label="Views of the service"
          tabs={tabs}
          current={tabs.find((tab) => tab.href.split("?")[0] === pathname)?.href ?? ""}
          end={<EnvironmentPicker targets={service.targets} current={target?.environment.slug} />}
        />
      </div>
      {children({ service, target })}
    </>
  );
}
