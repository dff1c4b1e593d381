"use client";

import { useId, type ReactNode } from "react";

export type Choice<Value extends string> = {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  /** Why it cannot be chosen. */
  disabledReason?: string | undefined;
};

type ChoiceFieldProps<Value extends string> = {
  name: string;
  legend: ReactNode;
  choices: readonly Choice<Value>[];
  defaultValue: Value;
  onChange?: (value: Value) => void;
};

/** One of a few, each said in words. Sends the value of the one that is chosen. */
export function ChoiceField<Value extends string>({
  name,
  legend,
  choices,
  defaultValue,
  onChange,
}: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-pretty">{legend}</legend>
      {choices.map(({ value, label, hint, disabledReason }) => (
        <div key={value} className="grid grid-cols-[auto_1fr] gap-x-2.5">
          <input
            id={`${id}-${value}`}
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === defaultValue}
            disabled={disabledReason !== undefined}
            onChange={() => onChange?.(value)}
            aria-describedby={hint || disabledReason ? `${id}-${value}-hint` : undefined}
            className="mt-0.5 size-4 accent-accent"
          />
          <label htmlFor={`${id}-${value}`} className={disabledReason ? "text-muted" : undefined}>
            {label}
          </label>
          {hint || disabledReason ? (
            <p id={`${id}-${value}-hint`} className="col-start-2 text-small text-pretty text-muted">
              {disabledReason ?? hint}
            </p>
          ) : null}
        </div>
      ))}
    </fieldset>
  );
}
