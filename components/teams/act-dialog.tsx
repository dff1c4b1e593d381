"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { refreshRoles } from "./refresh-roles.ts";

type ActDialogProps = {
  /** The question, naming the person or thing. */
  title: string;
  /** The verb on the button. */
  action: string;
  isDangerous?: boolean;
  act: (reason: { reason?: string }) => Promise<unknown>;
  /** What the text is called, when it is not a reason. */
  reasonLabel?: string;
  onClose: () => void;
  /** What will happen. */
  children: ReactNode;
};

/** Asks before an act on a person, role or token, and for the reason that the audit log keeps. */
export function ActDialog({
  title,
  action,
  isDangerous = false,
  act,
  reasonLabel = "Reason",
  onClose,
  children,
}: ActDialogProps) {
  const queries = useQueryClient();
  const submit = async ({ reason = "" }: Record<string, string>) => {
    await act(reason.trim() ? { reason: reason.trim() } : {});
    await refreshRoles(queries);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form onSubmit={submit} action={action} isDangerous={isDangerous} onCancel={onClose}>
        <div className="flex flex-col gap-2 text-pretty">{children}</div>
        <TextArea name="reason" label={reasonLabel} isOptional hint="Kept in the audit log." />
      </Form>
    </Dialog>
  );
}
