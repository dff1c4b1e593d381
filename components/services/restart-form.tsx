"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import { paths } from "#components/lib/paths.ts";
import { ByHand } from "./by-hand.tsx";

export function RestartForm({ service, target, onDone }: { service: string; target: string; onDone: () => void }) {
  const router = useRouter();
  const restart = useMutation(api.deployments.restart.mutationOptions());
  return (
    <Form
      action="Restart"
      onCancel={onDone}
      onSubmit={async ({ reason = "" }) => {
        const { id } = await restart.mutateAsync({ service, target, reason });
        router.push(paths.deployment({ deployment: id }));
      }}
    >
      <p className="text-pretty">
        ECS replaces the tasks by fresh ones of the same release and variables, as in a deployment: no request is lost,
        and it is undone when the new tasks do not stay up. A secret that is not pinned is read again.
      </p>
      <TextArea name="reason" label="Reason" isOptional maxLength={500} hint="Goes into the audit log." />
      <ByHand service={service} target={target} command={(commands) => commands.restart} />
    </Form>
  );
}
