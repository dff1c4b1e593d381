import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A table of 36 px rows. The caption names it for screen readers. */
export function Table({ caption, className, children, ...rest }: ComponentProps<"table"> & { caption: string }) {
  return (
    <table {...rest} className={clsx("w-full border-collapse text-left text-small", className)}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}

type CellProps = { align?: "left" | "right" | undefined; className?: string | undefined; children?: ReactNode };

export function HeadCell({
  align = "left",
  className,
  children,
  ...rest
}: CellProps & Omit<ComponentProps<"th">, "align">) {
  const style = clsx(
    "h-8 border-b px-3 font-normal text-muted first:pl-2",
    align === "right" && "text-right",
    className,
  );
  // A column of buttons has no name, and a heading without one tells nobody anything.
  if (!children) return <td className={style} />;
  return (
    <th scope="col" {...rest} className={style}>
      {children}
    </th>
  );
}

export function Cell({
  align = "left",
  className,
  children,
  ...rest
}: CellProps & Omit<ComponentProps<"td">, "align">) {
  return (
    <td
      {...rest}
      className={clsx("h-9 border-b px-3 first:pl-2 max-sm:first:pl-0", align === "right" && "text-right", className)}
    >
      {children}
    </td>
  );
}
