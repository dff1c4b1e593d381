import clsx from "clsx";

export type LogLine = {
  /** ISO 8601. */
  at?: string | undefined;
  text: string;
  level?: "error" | "warning" | undefined;
};

const tones = { error: "text-failed", warning: "text-degraded" } as const;

/** Lines as a program wrote them, oldest first. Long lines wrap; the clock time is the log's own, in UTC. */
export function LogLines({ lines, label }: { lines: readonly LogLine[]; label: string }) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-96 overflow-y-auto rounded-md border bg-surface py-1.5"
    >
      <ol className="font-mono text-small">
        {lines.map((line, index) => (
          <li key={index} className="flex gap-3 px-3 hover:bg-hover">
            {line.at ? (
              <time dateTime={line.at} data-tip-instant={line.at} className="shrink-0 text-muted select-none">
                {line.at.slice(11, 23)}
              </time>
            ) : null}
            <span className={clsx("min-w-0 wrap-anywhere whitespace-pre-wrap", line.level && tones[line.level])}>
              {line.text}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
