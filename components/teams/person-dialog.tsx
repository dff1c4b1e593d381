"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormValues } from "#components/forms/form.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api, client } from "#components/lib/api.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { UserDto } from "#server/teams/schema.ts";
import { minPasswordLength } from "./role-words.ts";

type PersonDialogProps = {
  /** Who is edited; a new person without it. */
  user?: UserDto | undefined;
  onClose: () => void;
  onCreated: (user: UserDto) => void;
};

/** Adds a person, or renames one and sets their password. */
export function PersonDialog({ user, onClose, onCreated }: PersonDialogProps) {
  const queries = useQueryClient();
  const submit = async ({ email = "", name = "", password = "" }: FormValues) => {
    const given = { name, ...(password ? { password } : {}) };
    const saved = user
      ? await client.users.update({ user: user.id, ...given })
      : await client.users.create({ email, ...given });
    await queries.invalidateQueries({ queryKey: api.users.key() });
    onClose();
    if (!user) onCreated(saved);
  };
  const passwordHint = user
    ? `At least ${minPasswordLength} characters. A new one signs ${user.name} out everywhere.`
    : `At least ${minPasswordLength} characters, for you to pass on. Leave it empty for people who sign in with GitHub or the like.`;
  return (
    <Dialog isOpen onClose={onClose} title={user ? `Edit ${user.name}` : "Add a person"}>
      <Form onSubmit={submit} action={user ? "Save" : "Add person"} onCancel={onClose}>
        {user ? null : <TextField name="email" label="E-mail" type="email" autoFocus maxLength={320} />}
        <TextField name="name" label="Name" autoFocus={user !== undefined} defaultValue={user?.name} />
        <TextField
          name="password"
          label={user ? "New password" : "Password"}
          hint={passwordHint}
          minLength={minPasswordLength}
          spellCheck={false}
          isMono
          isOptional
        />
      </Form>
    </Dialog>
  );
}
