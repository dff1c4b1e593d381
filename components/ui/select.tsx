import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

export type SelectOption = { value: string; label: string; isDisabled?: boolean };

type SelectProps = Omit<ComponentProps<"select">, "children"> & { options: readonly SelectOption[] };

/**
 * The browser's own list under our look: it works with every keyboard, screen reader and phone, and costs no
 * script. For lists that need more than words, use Menu.
 */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className={clsx("relative inline-flex", className ?? "w-full")}>
      <select
        {...rest}
        className="h-8 w-full appearance-none truncate rounded-md border border-line-strong bg-canvas pr-8 pl-2.5 text-body focus-visible:outline-offset-0 aria-invalid:border-failed"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-4 text-muted" />
    </span>
  );
}
