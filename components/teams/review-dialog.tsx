"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { ElevationDto } from "#server/teams/schema.ts";
import { refreshRoles } from "./refresh-roles.ts";
import { roleLabel, whereInWords } from "./role-words.ts";

/** Somebody else says that they have looked at what was done with a raised role. */
export function ReviewDialog({ elevation, onClose }: { elevation: ElevationDto; onClose: () => void }) {
  const queries = useQueryClient();
  const { id, user, grant, reason } = elevation;
  const submit = async ({ note = "" }: FormValues) => {
    await client.elevations.review({ elevation: id, ...(note.trim() ? { note: note.trim() } : {}) });
    await refreshRoles(queries);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={`Review the raised role of ${user.name}`}>
      <Form onSubmit={submit} action="Mark as reviewed" onCancel={onClose}>
        <p className="text-pretty">
          {user.name} raised their role to {roleLabel(grant.role).toLowerCase()} {whereInWords(grant)}: {reason}
        </p>
        <TextArea
          name="note"
          label="What you found"
          isOptional
          autoFocus
          maxLength={2000}
          hint="Look at the audit log first. This is kept with it."
        />
      </Form>
    </Dialog>
  );
}
