"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { GrantDto } from "#server/teams/schema.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

const lengths = [60, 30, 15, 5].map((minutes) => ({
  value: String(minutes),
  label: minutes === 60 ? "An hour" : `${minutes} minutes`,
}));

type RaiseDialogProps = {
  /** Break-glass grants that one holds and that do not count now. */
  raisable: readonly GrantDto[];
  onClose: () => void;
};

/** Raises one's own role for a while, with a reason. What is on the page may allow more afterwards: all is loaded anew. */
export function RaiseDialog({ raisable, onClose }: RaiseDialogProps) {
  const queries = useQueryClient();
  const submit = async ({ grant = "", minutes = "60", reason = "" }: FormValues) => {
    await client.elevations.open({ grant, minutes: Number(minutes), reason });
    await queries.invalidateQueries();
    onClose();
  };
  const options = raisable.map((grant) => ({
    value: grant.id,
    label: `${roleLabel(grant.role)} ${whereInWords(grant)}`,
  }));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Raise your role"
      description="For an emergency. It counts at once. Everybody sees it while it lasts, and somebody else reviews it afterwards."
    >
      <Form onSubmit={submit} action="Raise my role" isDangerous onCancel={onClose}>
        <SelectField name="grant" label="To" options={options} />
        <SelectField name="minutes" label="For" options={lengths} defaultValue="60" />
        <TextArea
          name="reason"
          label="Reason"
          autoFocus
          maxLength={500}
          hint="What is wrong, and what you are about to do. Everybody reads it."
        />
      </Form>
    </Dialog>
  );
}
