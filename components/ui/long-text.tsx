import clsx from "clsx";

/** Longer text than this would make a row taller than a few lines. */
const most = 140;

/** What somebody wrote, in a list: two lines of it, and a press shows the rest. */
export function LongText({ text, className }: { text: string; className?: string }) {
  if (text.length <= most) return <span className={clsx("wrap-anywhere", className)}>{text}</span>;
  return (
    <details className={clsx("group min-w-0", className)}>
      <summary
        data-tip="Show or hide the rest"
        className="line-clamp-2 cursor-pointer wrap-anywhere group-open:line-clamp-none hover:text-ink"
      >
        {text}
      </summary>
    </details>
  );
}

/** A person's name on one line, as far as it fits; whole on hover and to screen readers. */
export function PersonName({ name }: { name: string }) {
  return (
    <span data-tip={name.length > 20 ? name : undefined} className="inline-block max-w-[20ch] truncate align-bottom">
      {name}
    </span>
  );
}
