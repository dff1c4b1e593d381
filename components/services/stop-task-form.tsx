"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form } from "#components/forms/form.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { api } from "#components/lib/api.ts";
import type { TaskDto } from "#server/services/schema.ts";
import { ByHand } from "./by-hand.tsx";
import { refreshOperated } from "./refresh-operated.ts";

export function StopTaskForm({ service, task, onDone }: { service: string; task: TaskDto; onDone: () => void }) {
  const queries = useQueryClient();
  const stop = useMutation(api.services.stopTask.mutationOptions());
  const { targetId: target, arn } = task;
  return (
    <Form
      action="Stop task"
      isDangerous
      onCancel={onDone}
      onSubmit={async ({ reason = "" }) => {
        await stop.mutateAsync({ service, target, task: arn, reason });
        await refreshOperated(queries);
        onDone();
      }}
    >
      <p className="text-pretty">It gets a SIGTERM, and half a minute to end. ECS starts another in its place.</p>
      <TextArea name="reason" label="Reason" isOptional maxLength={200} hint="ECS keeps it with the task." />
      <ByHand service={service} target={target} command={(commands) => commands.stopTask.replace("TASK", task.id)} />
    </Form>
  );
}
