"use client";

import { Select, type SelectOption } from "./select.tsx";

type FilterSelectProps = {
  /** Name for screen readers. */
  label: string;
  /** What it says when nothing is filtered: "Any service". */
  any: string;
  value: string | null;
  options: readonly SelectOption[];
  onChange: (value: string | null) => void;
};

/** One filter over a list. A value that is not among the options (from a link) is shown as it is. */
export function FilterSelect({ label, any, value, options, onChange }: FilterSelectProps) {
  const known = value === null || options.some((option) => option.value === value);
  return (
    <Select
      aria-label={label}
      className="min-w-0 sm:max-w-60"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || null)}
      options={[{ value: "", label: any }, ...(known ? [] : [{ value, label: value }]), ...options]}
    />
  );
}
