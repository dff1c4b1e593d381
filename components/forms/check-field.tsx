"use client";

import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";

type CheckFieldProps = Omit<ComponentProps<"input">, "id" | "type"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
};

/** A yes or no. Sends "on" when it is checked, and nothing when it is not. */
export function CheckField({ label, hint, ...rest }: CheckFieldProps) {
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 accent-accent"
      />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-small text-pretty text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
