"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlStyle, Field, type FieldProps } from "./field.tsx";

type TextAreaProps = FieldProps & Omit<ComponentProps<"textarea">, "id" | "name" | "required">;

/** Text of several lines; grows with what is typed. */
export function TextArea({ name, label, hint, isOptional, className, ...rest }: TextAreaProps) {
  return (
    <Field name={name} label={label} hint={hint} {...(isOptional ? { isOptional } : {})}>
      {(control) => (
        <textarea
          rows={2}
          maxLength={2000}
          {...rest}
          {...control}
          className={clsx(controlStyle, "field-sizing-content max-h-60 min-h-15 py-1.5", className)}
        />
      )}
    </Field>
  );
}
