"use client";

import clsx from "clsx";
import { parseAsString, useQueryState } from "nuqs";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import type { TargetDto } from "#server/services/schema.ts";

type EnvironmentPickerProps = { targets: readonly TargetDto[]; current: string | undefined };

/** Which environment the page shows; the choice is in the URL. */
export function EnvironmentPicker({ targets, current }: EnvironmentPickerProps) {
  const [, setEnvironment] = useQueryState("environment", parseAsString.withOptions({ history: "push" }));
  const shown = [...new Map(targets.map((target) => [target.environment.id, target.environment])).values()];
  return (
    <div role="group" aria-label="Environment" className="flex flex-wrap gap-1">
      {shown.map((environment) => (
        <button
          key={environment.id}
          type="button"
          aria-pressed={environment.slug === current}
          onClick={() => void setEnvironment(environment.slug)}
          className={clsx(
            "rounded-md p-1",
            environment.slug === current ? "bg-hover ring-1 ring-line-strong" : "hover:bg-hover",
          )}
        >
          <EnvironmentTag kind={environment.kind} name={environment.slug} />
        </button>
      ))}
    </div>
  );
}
