"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CheckField } from "#components/forms/check-field.tsx";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { problemOf } from "#components/lib/problem.ts";
import { DiffList } from "#components/ui/diff-list.tsx";
import { State } from "#components/ui/state.tsx";
import { notify } from "#components/ui/toast.ts";
import type { VariablesDto } from "#server/variables/schema.ts";
import { draftDifferences, patchOf, type Draft } from "./draft.ts";
import { variables as variablesQuery, type Place } from "./queries.ts";
import { warningsIn } from "./warnings-in.ts";

export type SaveFormProps = {
  place: Place;
  /** What was there when the review was opened. */
  variables: VariablesDto;
  draft: Draft;
  onSaved: () => void;
};

/** What saving changes, why, and whether it is applied at once. */
export function SaveForm({ place, variables, draft, onSaved }: SaveFormProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const save = useMutation(api.variables.patch.mutationOptions());
  const deploy = useMutation(api.deployments.create.mutationOptions());
  const [warnings, setWarnings] = useState<string[]>([]);
  const { release } = variables;
  return (
    <Form
      action={warnings.length > 0 ? "Save all the same" : `Save version ${variables.number + 1}`}
      isDangerous={warnings.length > 0}
      onSubmit={async ({ reason = "", apply }) => {
        const asked = {
          ...place,
          expectedNumber: variables.number,
          ...patchOf(draft),
          reason,
          confirmed: warnings.length > 0,
        };
        const saved = await save.mutateAsync(asked).catch((error: unknown) => {
          const told = warningsIn(error);
          if (told.length === 0) throw error;
          setWarnings(told);
          return undefined;
        });
        if (!saved) return;
        await queries.invalidateQueries({ queryKey: variablesQuery(place).queryKey });
        const { number } = saved.version;
        try {
          if (apply === "on") {
            const deployment = await deploy.mutateAsync({ ...place, configVersion: number, reason });
            router.push(paths.deployment({ deployment: deployment.id }));
          }
        } catch (error) {
          notify({
            kind: "failed",
            title: `Version ${number} is saved and not applied`,
            detail: problemOf(error).detail,
          });
        }
        onSaved();
      }}
    >
      <section aria-label="What changes">
        <DiffList differences={draftDifferences(variables.entries, draft)} />
      </section>
      {warnings.map((warning) => (
        <State key={warning} kind="degraded" label={warning} className="!whitespace-normal" />
      ))}
      <TextArea
        name="reason"
        label="Reason"
        isOptional
        maxLength={500}
        hint="Stays with the version, and goes into the audit log."
      />
      {release ? (
        <CheckField
          name="apply"
          label={`Apply it now with ${release}`}
          hint="Starts a deployment that replaces the tasks. Otherwise it goes with the next one."
        />
      ) : null}
    </Form>
  );
}
