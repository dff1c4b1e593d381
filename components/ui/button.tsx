"use client";

import clsx from "clsx";
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from "react";
import { useZone } from "#components/lib/zone.ts";
import { inZone } from "#components/lib/format.ts";
import { buttonStyle, type ButtonLook } from "./button-style.ts";
import { BusyMark } from "./busy-mark.tsx";

type ButtonProps = Omit<ComponentProps<"button">, "disabled"> &
  ButtonLook & {
    /** Why the button cannot be used now. It stays focusable, so that the reason can be read. */
    disabledReason?: string | undefined;
    /** The act is under way: the button keeps its size and takes no second press. */
    isBusy?: boolean;
    icon?: ReactNode;
  };

/** A button that says why when it cannot be used. The label is a verb: "Deploy 1.4.2", never "Submit". */
export function Button({
  variant,
  size,
  disabledReason,
  isBusy = false,
  icon,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const zone = useZone();
  const isOff = isBusy || disabledReason !== undefined;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <>
      <button
        {...rest}
        type={type}
        onClick={press}
        aria-disabled={isOff || undefined}
        aria-busy={isBusy || undefined}
        aria-describedby={disabledReason ? reasonId : rest["aria-describedby"]}
        data-tip={disabledReason ?? (rest as { "data-tip"?: string })["data-tip"]}
        className={clsx(buttonStyle({ variant, size }), className)}
      >
        {isBusy ? <BusyMark /> : icon}
        {children}
      </button>
      {disabledReason ? (
        <span id={reasonId} className="sr-only">
          {inZone(disabledReason, zone)}
        </span>
      ) : null}
    </>
  );
}
