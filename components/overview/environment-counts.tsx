import Link from "next/link";
import { formatCount } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { healthWords } from "#components/services/health-state.tsx";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { State } from "#components/ui/state.tsx";
import type { EnvironmentDto, Health } from "#server/environments/schema.ts";

const healths = Object.keys(healthWords) as Health[];

/** How many targets of each environment are how, where they are too many to be shown one by one. */
export function EnvironmentCounts({ environments }: { environments: readonly EnvironmentDto[] }) {
  return (
    <ul className="mb-3 border-t">
      {environments.map((environment) => (
        <li key={environment.id} data-row className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-2">
          <Link
            href={paths.environment({ environment: environment.slug })}
            data-row-link
            className="w-32 hover:underline underline-offset-2"
          >
            <EnvironmentTag kind={environment.kind} name={environment.slug} />
          </Link>
          {healths
            .filter((health) => environment.healths[health])
            .map((health) => (
              <State
                key={health}
                kind={health}
                label={`${formatCount(environment.healths[health] ?? 0)} ${healthWords[health]}`}
              />
            ))}
        </li>
      ))}
    </ul>
  );
}
