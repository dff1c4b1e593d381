import Link from "next/link";
import { DeploymentState } from "#components/deployments/deployment-state.tsx";
import { paths } from "#components/lib/paths.ts";
import { EnvironmentTag } from "#components/ui/environment-tag.tsx";
import { PersonName } from "#components/ui/long-text.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChangeDto } from "#server/changes/schema.ts";

/** Where a change is looked at; undefined when it has no page of its own. */
function hrefOf({ subject }: ChangeDto): string | undefined {
  return subject.kind === "deployment" ? paths.deployment({ deployment: subject.id }) : undefined;
}

type ChangeRowProps = { change: ChangeDto; onUndo?: ((change: ChangeDto) => void) | undefined };

/** One thing that happened to a running system: what, where, by whom, what became of it, and its undoing. */
export function ChangeRow({ change, onUndo }: ChangeRowProps) {
  const href = hrefOf(change);
  return (
    <li
      data-row
      className="[contain-intrinsic-size:auto_2.25rem] grid min-h-9 [content-visibility:auto] grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 border-b py-1.5 text-small hover:bg-hover focus-within:bg-hover"
    >
      <Time at={change.at} className="text-muted" />
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5">
        {href ? (
          <Link href={href} data-row-link className="font-strong wrap-anywhere hover:underline underline-offset-2">
            {change.title}
          </Link>
        ) : (
          <span className="font-strong wrap-anywhere">{change.title}</span>
        )}
        {change.environment ? <EnvironmentTag kind={change.environment.kind} name={change.environment.slug} /> : null}
        {change.outcome ? <DeploymentState status={change.outcome} /> : null}
        <span className="min-w-0 text-muted">
          <PersonName name={change.actor.name} />
        </span>
      </span>
      {(change.undo ?? change.scaleBack) && onUndo ? (
        <button
          type="button"
          onClick={() => onUndo(change)}
          className="rounded-sm px-2 text-muted underline underline-offset-2 hover:text-ink"
        >
          Undo…<span className="sr-only"> {change.title}</span>
        </button>
      ) : null}
    </li>
  );
}
