"use client";

import { use, useId, type ReactNode } from "react";
import { FieldErrors } from "./field-errors.ts";

export type FieldProps = {
  /** The API's input path. */
  name: string;
  label: string;
  /** What to put in, or what will happen with it. */
  hint?: ReactNode;
  isOptional?: boolean;
};

/** What a control spreads onto its element to belong to its label, hint and error. */
export type ControlProps = {
  id: string;
  name: string;
  required: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

export const controlStyle =
  "w-full rounded-md border border-line-strong bg-canvas px-2.5 text-body placeholder:text-muted focus-visible:outline-offset-0 aria-invalid:border-failed";

type Props = FieldProps & { children: (control: ControlProps) => ReactNode };

/** Label, control, hint and error, joined for screen readers. */
export function Field({ name, label, hint, isOptional = false, children }: Props) {
  const id = useId();
  const error = use(FieldErrors)[name];
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-strong">
        {label}
        {isOptional ? <span className="font-normal text-muted"> (optional)</span> : null}
      </label>
      {children({
        id,
        name,
        required: !isOptional,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <p id={`${id}-error`} className="text-small text-failed">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-small text-pretty text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
