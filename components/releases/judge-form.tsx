"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ChoiceField } from "#components/forms/choice-field.tsx";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { choices, judgementOf, verdictOf, type Judgement } from "./judgement.ts";

export type JudgeFormProps = {
  release: { id: string; verdicts: readonly { environment: { id: string }; verdict: "good" | "bad"; held: boolean }[] };
  environment: { id: string; slug: string };
  onDone: () => void;
};

export function JudgeForm({ release, environment, onDone }: JudgeFormProps) {
  const queries = useQueryClient();
  const now = judgementOf(release.verdicts.find((one) => one.environment.id === environment.id));
  const [chosen, setChosen] = useState<Judgement>(now === "held" ? "bad" : (now ?? "good"));
  const judge = useMutation(api.releases.judge.mutationOptions());
  return (
    <Form
      action={choices(now)[chosen].action}
      isDangerous={chosen === "held" || (chosen === "bad" && now !== "held")}
      disabledReason={chosen === now ? "That is what it is called already." : undefined}
      onCancel={onDone}
      onSubmit={async ({ reason = "" }) => {
        await judge.mutateAsync({ release: release.id, environment: environment.slug, reason, ...verdictOf(chosen) });
        await Promise.all(
          [api.releases.key(), api.deployments.key(), api.services.key()].map((queryKey) =>
            queries.invalidateQueries({ queryKey }),
          ),
        );
        onDone();
      }}
    >
      <ChoiceField
        name="verdict"
        legend={
          now
            ? `Here it is called ${now === "held" ? "bad, and held" : now}.`
            : "Nobody has said yet whether it works here."
        }
        choices={(["good", "bad", "held"] as const).map((value) => ({ value, ...choices(now)[value] }))}
        defaultValue={chosen}
        onChange={setChosen}
      />
      <TextArea
        name="reason"
        label="Reason"
        isOptional={chosen === "good"}
        maxLength={500}
        hint="Whoever meets the release reads it. Goes into the audit log."
      />
    </Form>
  );
}
