"use client";

import type { ComponentProps } from "react";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { Field, type FieldProps } from "./field.tsx";

type SelectFieldProps = FieldProps &
  Omit<ComponentProps<"select">, "id" | "name" | "required" | "children"> & { options: readonly SelectOption[] };

export function SelectField({ name, label, hint, isOptional, options, ...rest }: SelectFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} {...(isOptional ? { isOptional } : {})}>
      {(control) => <Select {...rest} {...control} options={options} />}
    </Field>
  );
}
