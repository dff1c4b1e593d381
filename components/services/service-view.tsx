"use client";

import type { ReactNode } from "react";
import { Part } from "#components/ui/part.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SecretNotes } from "#components/variables/secret-notes.tsx";
import type { ServiceDto, TargetDto } from "#server/services/schema.ts";
import { RunsNowhere } from "./runs-nowhere.tsx";
import { ServiceFrame } from "./service-frame.tsx";
import { ServiceEvents } from "./service-events.tsx";
import { ServiceTargets } from "./service-targets.tsx";
import { ServiceTasks } from "./service-tasks.tsx";

/** What a service runs in one environment, and what happens there. */
export function ServiceView({ slug }: { slug: string }) {
  return (
    <ServiceFrame slug={slug}>
      {({ service, target }) =>
        target ? (
          <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="flex min-w-0 flex-col gap-6">
              <SecretNotes states={targetsBeside(service, target).flatMap(secretsOf)} />
              <Section title="Tasks">
                <ServiceTasks
                  service={service.slug}
                  environment={target.environment.slug}
                  targets={targetsBeside(service, target)}
                />
              </Section>
              <Section title="Events">
                <ServiceEvents
                  service={service.slug}
                  environment={target.environment.slug}
                  targets={targetsBeside(service, target)}
                />
              </Section>
            </div>
            <ServiceTargets service={service} targets={targetsBeside(service, target)} />
          </div>
        ) : (
          <RunsNowhere />
        )
      }
    </ServiceFrame>
  );
}

/** All targets of the service in the environment of one of them. */
function targetsBeside(service: ServiceDto, target: TargetDto): TargetDto[] {
  return service.targets.filter((one) => one.environment.id === target.environment.id);
}

/** What is wrong with secrets of a target, each told from the same one elsewhere. */
const secretsOf = (target: TargetDto) => target.secrets.map((secret) => ({ ...secret, target: target.id }));

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-body font-strong">{title}</h2>
      <Part fallback={<SkeletonRows rows={4} label={`Loading ${title.toLowerCase()}`} />}>{children}</Part>
    </section>
  );
}
