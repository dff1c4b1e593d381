import { Code } from "#components/ui/code.tsx";
import { KeyValue } from "#components/ui/key-value.tsx";
import type { ServiceDto, TargetDto } from "#server/services/schema.ts";
import { HealthState } from "./health-state.tsx";
import { placeInWords } from "./place-in-words.ts";
import { TargetActs } from "./target-acts.tsx";
import { withoutVersion } from "./targets-here.ts";
import { placementFacts, serviceFacts, TargetFacts } from "./target-facts.tsx";
import { WayOut } from "./way-out.tsx";

type ServiceTargetsProps = { service: ServiceDto; targets: readonly TargetDto[] };

/** Where a service runs in one environment, with what can be done to each target; several in the order of their waves. */
export function ServiceTargets({ service, targets }: ServiceTargetsProps) {
  const [only] = targets;
  return (
    <aside aria-label="Targets" className="flex min-w-0 flex-col gap-6">
      {targets.length === 1 && only ? (
        <>
          <TargetFacts service={service} target={only} />
          <div className="-mt-3">
            <TargetActs service={service.slug} target={only} isOneOfMany={false} />
          </div>
          <WayOut command={only.wayOut} service={service.slug} target={only.id} />
        </>
      ) : (
        <section aria-label="Where it runs">
          <h2 className="mb-2 text-body font-strong">Where it runs</h2>
          <KeyValue facts={serviceFacts(service)} />
          <ul className="mt-3 flex flex-col gap-5">
            {targets
              .toSorted((a, b) => a.wave - b.wave)
              .map((target) => (
                <li key={target.id} className="border-t pt-3">
                  <OneOfMany service={service.slug} target={target} />
                </li>
              ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

function OneOfMany({ service, target }: { service: string; target: TargetDto }) {
  return (
    <section aria-label={placeInWords(target)} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-strong wrap-anywhere">{placeInWords(target)}</h3>
        <span className="text-small text-muted">Wave {target.wave}</span>
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 text-small">
        <HealthState health={target.health} desiredCount={target.observedAt ? target.desiredCount : undefined} />
        {target.release ? (
          <Code>{target.release.version}</Code>
        ) : (
          <span className="text-muted">{withoutVersion(target)}</span>
        )}
      </div>
      <KeyValue facts={placementFacts(target)} />
      <TargetActs service={service} target={target} isOneOfMany />
      <details className="text-small">
        <summary className="w-fit text-muted hover:text-ink">When this portal is down</summary>
        <div className="pt-2">
          <WayOut command={target.wayOut} service={service} target={target.id} hasTitle={false} />
        </div>
      </details>
    </section>
  );
}
