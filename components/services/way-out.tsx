"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeBlock } from "#components/ui/code.tsx";
import type { TargetCommandsDto } from "#server/services/schema.ts";
import { targetCommands } from "./queries.ts";

type WayOutProps = { command: string; service: string; target: string; hasTitle?: boolean };

/** What to type when the portal itself is down. `command` is the one to keep; the others are fetched. */
export function WayOut({ command, hasTitle = true, ...target }: WayOutProps) {
  const { data } = useQuery(targetCommands(target));
  return (
    <section aria-label="When this portal is down">
      {hasTitle ? <h2 className="mb-1 text-body font-strong">When this portal is down</h2> : null}
      <p className="mb-2 text-small text-pretty text-muted">
        This command puts back what runs here now. Keep it where you find it at night.
      </p>
      <CodeBlock text={command} label="command" />
      {data ? <OtherCommands commands={data} /> : null}
    </section>
  );
}

function OtherCommands({ commands }: { commands: TargetCommandsDto }) {
  const { rollBack, restart, scale, stopTask } = commands;
  const others = [
    ...(rollBack
      ? [{ title: `Roll back to ${rollBack.version}, the last that worked`, command: rollBack.command }]
      : []),
    { title: "Restart", command: restart },
    { title: "Scale", command: scale },
    { title: "Stop one task", command: stopTask },
  ];
  return (
    <details className="pt-2 text-small">
      <summary className="w-fit text-muted hover:text-ink">Roll back, restart, scale, stop a task</summary>
      <dl className="flex flex-col gap-2 pt-2">
        {others.map(({ title, command }) => (
          <div key={title}>
            <dt className="pb-1 text-muted">{title}</dt>
            <dd>
              <CodeBlock text={command} label={`command: ${title.toLowerCase()}`} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
