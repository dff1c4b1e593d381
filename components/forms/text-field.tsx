"use client";

import clsx from "clsx";
import type { ComponentProps } from "react";
import { controlStyle, Field, type FieldProps } from "./field.tsx";

type TextFieldProps = FieldProps & Omit<ComponentProps<"input">, "id" | "name" | "required"> & { isMono?: boolean };

export function TextField({ name, label, hint, isOptional, isMono = false, className, ...rest }: TextFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} {...(isOptional ? { isOptional } : {})}>
      {(control) => (
        <input
          maxLength={200}
          autoComplete="off"
          {...rest}
          {...control}
          className={clsx(controlStyle, "h-8", isMono && "font-mono text-small", className)}
        />
      )}
    </Field>
  );
}
