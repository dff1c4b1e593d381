import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

/**
 * Where a row leads: the name in its first cell. j and k move the focus from one to the next, a press anywhere
 * else in the row follows it, and Enter opens it, because it is a link.
 */
export function RowLink({ className, children, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link {...rest} data-row-link className={clsx("font-strong hover:underline underline-offset-2", className)}>
      {children}
    </Link>
  );
}
