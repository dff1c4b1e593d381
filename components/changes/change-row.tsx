import clsx from "clsx";
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
      className={clsx(
        "[contain-intrinsic-size:auto_2.25rem] [content-visibility:auto] min-h-9 border-b py-2 text-small",
        "flex flex-wrap items-center gap-x-3 gap-y-1 hover:bg-hover focus-within:bg-hover lg:grid lg:py-1.5",
        onUndo
          ? "lg:grid-cols-[5.5rem_minmax(0,1fr)_8rem_8.5rem_9rem_3.5rem]"
          : "lg:grid-cols-[5.5rem_minmax(0,1fr)_8rem_8.5rem_9rem]",
      )}
    >
      <Time at={change.at} className="text-muted" />
      <span className="min-w-0 font-strong wrap-anywhere max-lg:order-first max-lg:basis-full">
        {href ? (
          <Link href={href} data-row-link className="hover:underline underline-offset-2">
            {change.title}
          </Link>
        ) : (
          change.title
        )}
      </span>
      <span className="min-w-0 max-lg:empty:hidden">
        {change.environment ? <EnvironmentTag kind={change.environment.kind} name={change.environment.slug} /> : null}
      </span>
      <span className="min-w-0 max-lg:empty:hidden">
        {change.outcome ? <DeploymentState status={change.outcome} /> : null}
      </span>
      <span className="min-w-0 text-muted">
        <PersonName name={change.actor.name} />
      </span>
      {(change.undo ?? change.scaleBack) && onUndo ? (
        <button
          type="button"
          onClick={() => onUndo(change)}
          className="justify-self-start rounded-sm text-muted underline underline-offset-2 hover:text-ink"
        >
          Undo…<span className="sr-only"> {change.title}</span>
        </button>
      ) : null}
    </li>
  );
}
