"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { refreshRoles } from "./refresh-roles.ts";

/** "Checkout & cart" as it stands in a URL: "checkout-cart". */
const slugOf = (name: string) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63);

/** Adds a team. */
export function TeamDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const submit = async ({ name = "", slug = "" }: FormValues) => {
    await client.teams.create({ name, slug: slug || slugOf(name) });
    await refreshRoles(queries);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Add a team"
      description="Services belong to teams, and roles can be given to all of one."
    >
      <Form onSubmit={submit} action="Add team" onCancel={onClose}>
        <TextField name="name" label="Name" autoFocus maxLength={80} />
        <TextField
          name="slug"
          label="Name in URLs"
          isOptional
          isMono
          hint="Made of the name when you leave it empty."
        />
      </Form>
    </Dialog>
  );
}
