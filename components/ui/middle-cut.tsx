import clsx from "clsx";

/** How many characters of a name are shown at most, and how many of them are its end. */
const most = 22;
const end = 8;

/**
 * A name that a machine gave, whole as long as it is short. Of a long one the beginning and the end are shown, since
 * either may be what tells it from its neighbours; all of it on hover, to screen readers and in searches of the page.
 */
export function MiddleCut({ text, className }: { text: string; className?: string | undefined }) {
  if (text.length <= most) return className ? <span className={className}>{text}</span> : text;
  return (
    <span data-tip={text} className={clsx("inline-flex max-w-[22ch] align-bottom", className)}>
      <span className="sr-only">{text}</span>
      <span aria-hidden className="min-w-0 truncate">
        {text.slice(0, -end)}
      </span>
      <span aria-hidden className="shrink-0">
        {text.slice(-end)}
      </span>
    </span>
  );
}
