"use client";

import { lazy, Suspense } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { nameOf } from "./draft.ts";
import type { VariableFormProps } from "./variable-form.tsx";

const VariableForm = lazy(() => import("./variable-form.tsx").then((module) => ({ default: module.VariableForm })));

/** Writes one variable of the draft. */
export function VariableDialog({ onClose, ...form }: VariableFormProps & { onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title={form.row ? `Edit ${nameOf(form.row)}` : "Add a variable"}>
      <Suspense fallback={<SkeletonRows rows={3} label="Loading the form" />}>
        <VariableForm {...form} />
      </Suspense>
    </Dialog>
  );
}
