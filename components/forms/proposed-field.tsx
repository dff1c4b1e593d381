"use client";

import { useState, type ComponentProps } from "react";
import { TextField } from "./text-field.tsx";

type ProposedFieldProps = Omit<ComponentProps<typeof TextField>, "value" | "defaultValue" | "onChange"> & {
  /** Stands there until somebody types; it may come later than the form, and never takes the place of what was typed. */
  proposal: string | undefined;
};

/** A text field with a proposal that is fetched. */
export function ProposedField({ proposal = "", ...field }: ProposedFieldProps) {
  const [typed, setTyped] = useState<string>();
  return <TextField {...field} value={typed ?? proposal} onChange={(event) => setTyped(event.target.value)} />;
}
