"use client";

import { useId } from "react";
import { controlStyle } from "#components/forms/field.tsx";
import { Code } from "#components/ui/code.tsx";
import { Select } from "#components/ui/select.tsx";
import type { DiscoveredDto } from "#server/services/schema.ts";
import { whyNotChosen, type Choice } from "./import-choice.ts";

type ImportRowProps = {
  found: DiscoveredDto;
  choice: Choice;
  /** Whether a service of this name is there already, and gets a target more. */
  isExisting: (slug: string) => boolean;
  onChange: (changed: Partial<Choice>) => void;
};

const kinds = [
  { value: "web", label: "Web" },
  { value: "worker", label: "Worker" },
];

/** One ECS service: a check, what it is, and what it will be called. */
export function ImportRow({ found, choice, isExisting, onChange }: ImportRowProps) {
  const id = useId();
  const whyNot = whyNotChosen(found);
  const { ecsService, cluster, container, taskDefinition, runningCount, desiredCount, url } = found;
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-2 border-t px-3 py-2.5 first:border-t-0">
      <input
        id={id}
        type="checkbox"
        className="mt-1 size-4 accent-accent"
        checked={choice.isChosen && !whyNot}
        disabled={whyNot !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange({ isChosen: event.target.checked })}
      />
      <div className="flex min-w-0 flex-col gap-2">
        <div className="min-w-0">
          <label htmlFor={id} className="font-strong wrap-anywhere">
            {ecsService}
          </label>
          <p id={`${id}-about`} className="flex flex-wrap gap-x-3 text-small text-muted wrap-anywhere">
            <span>{cluster}</span>
            <Code>{taskDefinition}</Code>
            {container ? <span>container {container}</span> : null}
            <span>
              {runningCount} of {desiredCount} tasks
            </span>
            {url ? <span>{url}</span> : null}
            {whyNot ? <span>{whyNot}</span> : null}
          </p>
        </div>
        {choice.isChosen && !whyNot ? (
          <div className="flex flex-wrap items-center gap-2">
            <input
              aria-label={`Service for ${ecsService}`}
              className={`${controlStyle} h-8 max-w-60 font-mono text-small`}
              maxLength={63}
              value={choice.service}
              onChange={(event) => onChange({ service: event.target.value })}
            />
            <span className="text-small text-muted">
              {isExisting(choice.service) ? "existing service" : "new service"}
            </span>
            <Select
              aria-label={`Kind of ${ecsService}`}
              className="w-28"
              options={kinds}
              value={choice.workload}
              onChange={(event) => onChange({ workload: event.target.value === "web" ? "web" : "worker" })}
            />
            <label className="inline-flex items-center gap-2 text-small">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={choice.autoscaled}
                onChange={(event) => onChange({ autoscaled: event.target.checked })}
              />
              scaled automatically
            </label>
          </div>
        ) : null}
      </div>
    </li>
  );
}
