"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeBlock } from "#components/ui/code.tsx";
import type { TargetCommandsDto } from "#server/services/schema.ts";
import { targetCommands } from "./queries.ts";

type ByHandProps = {
  service: string;
  target: string;
  /** Chooses the command, and fills in what it leaves open. */
  command: (commands: TargetCommandsDto) => string;
};

/** The command that does the same when the portal is down. */
export function ByHand({ service, target, command }: ByHandProps) {
  const { data } = useQuery(targetCommands({ service, target }));
  if (!data) return null;
  return (
    <details className="text-small">
      <summary className="w-fit text-muted hover:text-ink">The same without this portal</summary>
      <div className="pt-2">
        <CodeBlock text={command(data)} label="command" />
      </div>
    </details>
  );
}
