"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { TextField } from "#components/forms/text-field.tsx";
import { api } from "#components/lib/api.ts";
import { ByHand } from "./by-hand.tsx";
import { refreshOperated } from "./refresh-operated.ts";

export type ScaleFormProps = {
  service: string;
  target: string;
  environmentKind: string;
  /** How many tasks are wanted now. */
  from: number;
  /** How many are proposed. */
  to: number;
  onDone: () => void;
};

const isCount = (text: string) => /^\d{1,4}$/.test(text.trim());

export function ScaleForm({ service, target, environmentKind, from, to, onDone }: ScaleFormProps) {
  const queries = useQueryClient();
  const scale = useMutation(api.services.scale.mutationOptions());
  const [count, setCount] = useState(String(to));
  // What was on the page when it opened: what somebody else did meanwhile is told, not overwritten.
  const [expectedCount] = useState(from);
  const isZero = isCount(count) && Number(count) === 0;
  return (
    <Form
      action={isCount(count) ? `Scale to ${Number(count)}` : "Scale"}
      isDangerous={isZero}
      disabledReason={isCount(count) && Number(count) === expectedCount ? "It has this many tasks already." : undefined}
      onCancel={onDone}
      onSubmit={async ({ reason = "", confirm }) => {
        await scale.mutateAsync({
          service,
          target,
          reason,
          desiredCount: isCount(count) ? Number(count) : Number.NaN,
          expectedCount,
          ...(confirm ? { confirm: confirm.trim() } : {}),
        });
        await refreshOperated(queries);
        onDone();
      }}
    >
      <TextField
        name="desiredCount"
        label="Tasks"
        type="number"
        min={0}
        max={1000}
        step={1}
        value={count}
        onChange={(event) => setCount(event.target.value)}
        hint={`${from} now. A deployment under way goes on with the new number.`}
      />
      {isZero ? <p className="text-pretty">Nothing runs any more until it is scaled up again.</p> : null}
      {isZero && environmentKind === "production" ? (
        <TextField name="confirm" label={`Type ${service} to stop it in production`} isMono />
      ) : null}
      <TextArea name="reason" label="Reason" isOptional maxLength={500} hint="Goes into the audit log." />
      <ByHand
        service={service}
        target={target}
        command={(commands) => commands.scale.replace("COUNT", isCount(count) ? String(Number(count)) : String(from))}
      />
    </Form>
  );
}
