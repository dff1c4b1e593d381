"use client";

import { useMutation } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { Place } from "./queries.ts";

type UndoDialogProps = {
  place: Place;
  /** The deployment that applied the variables. */
  deployment: string;
  /** Number of the version that comes back. */
  to: number;
  onClose: () => void;
};

/** Undoing applied variables is one click: what ran before comes back as a new version, and is applied. */
export function UndoVariablesDialog({ place, deployment, to, onClose }: UndoDialogProps) {
  const router = useRouter();
  const pathname = usePathname();
  const undo = useMutation(
    api.deployments.rollback.mutationOptions({
      onSuccess: ({ body }) => {
        const next = paths.deployment({ deployment: body.id });
        if (next === pathname) onClose();
        else router.push(next);
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Bring back version ${to} of the variables?`}
      action={`Revert to version ${to}`}
      isBusy={undo.isPending || undo.isSuccess}
      onConfirm={() => undo.mutate({ deployment })}
    >
      <p>
        A new version with the content of version {to} is applied to {place.service} in {place.environment}. The release
        stays, and its tasks are replaced.
      </p>
      {undo.isError ? <ProblemNote problem={problemOf(undo.error)} /> : null}
    </ConfirmDialog>
  );
}
