"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api, client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { PlaceFields, placeOf } from "./place-fields.tsx";

const hour = 3_600_000;
const lengths = [
  { value: "0", label: "Until it is taken away" },
  { value: String(hour), label: "For an hour" },
  { value: String(24 * hour), label: "For a day" },
  { value: String(7 * 24 * hour), label: "For a week" },
  { value: String(30 * 24 * hour), label: "For 30 days" },
];

/** Gives a person a role. */
export function GrantDialog({ user, onClose }: { user: { id: string; name: string }; onClose: () => void }) {
  const queries = useQueryClient();
  const submit = async (values: FormValues) => {
    const { length = "0", reason = "" } = values;
    await client.grants.create({
      user: user.id,
      ...placeOf(values),
      ...(length !== "0" ? { expiresAt: new Date(Date.now() + Number(length)).toISOString() } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    await queries.invalidateQueries({ queryKey: api.users.key() });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Grant ${user.name} a role`}
      description="It counts at once, and adds to the roles held already."
    >
      <Form onSubmit={submit} action="Grant role" onCancel={onClose}>
        <PlaceFields defaultRole="viewer" hasFocus />
        <SelectField name="length" label="For how long" options={lengths} />
        <TextArea name="reason" label="Reason" isOptional hint="Kept in the audit log." />
      </Form>
    </Dialog>
  );
}
