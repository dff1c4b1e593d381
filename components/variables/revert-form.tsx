"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { CheckField } from "#components/forms/check-field.tsx";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import type { Place } from "./queries.ts";
import { VersionDiff } from "./version-diff.tsx";

export type RevertFormProps = {
  place: Place;
  to: number;
  /** The newest version, from which the way back leads. */
  newest: number;
  release: string | null;
  onDone: () => void;
};

/** What comes back, why, and whether it is applied at once. */
export function RevertForm({ place, to, newest, release, onDone }: RevertFormProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const revert = useMutation(api.variables.revert.mutationOptions());
  return (
    <Form
      action={`Revert to version ${to}`}
      onSubmit={async ({ reason = "", apply }) => {
        const saved = await revert.mutateAsync({ ...place, to, expectedNumber: newest, reason, apply: apply === "on" });
        await queries.invalidateQueries({ queryKey: [["variables"]] });
        if (saved.deployment) router.push(paths.deployment({ deployment: saved.deployment }));
        else onDone();
      }}
    >
      <section aria-label="What changes" className="text-small">
        <VersionDiff {...place} from={newest} to={to} />
      </section>
      <TextArea
        name="reason"
        label="Reason"
        isOptional
        maxLength={500}
        hint="Stays with the new version, and goes into the audit log."
      />
      {release ? (
        <CheckField
          name="apply"
          label={`Apply it now with ${release}`}
          defaultChecked
          hint="Starts a deployment that replaces the tasks."
        />
      ) : null}
    </Form>
  );
}
