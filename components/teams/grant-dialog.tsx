"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CheckField } from "#components/forms/check-field.tsx";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { SelectField } from "#components/forms/select-field.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { PlaceFields, placeOf } from "./place-fields.tsx";
import { refreshRoles } from "./refresh-roles.ts";

const hour = 3_600_000;
const lengths = [
  { value: "0", label: "Until it is taken away" },
  { value: String(hour), label: "For an hour" },
  { value: String(24 * hour), label: "For a day" },
  { value: String(7 * 24 * hour), label: "For a week" },
  { value: String(30 * 24 * hour), label: "For 30 days" },
];

const counts: Record<Recipient["kind"], string> = {
  user: "It counts at once, and adds to the roles held already.",
  team: "It counts at once for every member, and for whoever joins.",
  token: "It counts at once. A token still does no more than its owner may.",
};

/** Who is given a role. */
export type Recipient = { kind: "user" | "team" | "token"; id: string; name: string };

const principalOf = ({ kind, id }: Recipient) => (kind === "team" ? { toTeam: id } : { [kind]: id });

/** Gives a person, a team or a token a role. */
export function GrantDialog({ to, onClose }: { to: Recipient; onClose: () => void }) {
  const queries = useQueryClient();
  const submit = async (values: FormValues) => {
    const { length = "0", reason = "", breakGlass } = values;
    await client.grants.create({
      ...principalOf(to),
      ...placeOf(values),
      ...(breakGlass ? { breakGlass: true } : {}),
      ...(length !== "0" ? { expiresAt: new Date(Date.now() + Number(length)).toISOString() } : {}),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    await refreshRoles(queries);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={`Grant ${to.name} a role`} description={counts[to.kind]}>
      <Form onSubmit={submit} action="Grant role" onCancel={onClose}>
        <PlaceFields defaultRole="viewer" hasFocus />
        <SelectField name="length" label="For how long" options={lengths} />
        {to.kind === "token" ? null : (
          <CheckField
            name="breakGlass"
            label="Only in an emergency (break-glass)"
            hint="It counts for nothing until its holder raises their role, for an hour at most and with a reason. Everybody is told, and somebody else reviews it."
          />
        )}
        <TextArea name="reason" label="Reason" isOptional hint="Kept in the audit log." />
      </Form>
    </Dialog>
  );
}
