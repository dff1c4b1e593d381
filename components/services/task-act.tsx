"use client";

import { lazy } from "react";
import { whyNotOf } from "#components/lib/permit.ts";
import { DialogButton } from "#components/ui/dialog-button.tsx";
import type { ActDto, TargetDto, TaskDto } from "#server/services/schema.ts";

const StopTaskForm = lazy(() => import("./stop-task-form.tsx").then((module) => ({ default: module.StopTaskForm })));

type TaskActProps = { service: string; task: TaskDto; target: TargetDto | undefined; acts: readonly ActDto[] };

/** Stops a task, or says who asked for that and what came of it. */
export function TaskAct({ service, task, target, acts }: TaskActProps) {
  const act = acts.find((one) => one.task === task.arn);
  const isEnding = task.desiredStatus === "STOPPED" || task.lastStatus === "STOPPED";
  if (act?.status === "queued") return <span className="text-muted">{waitsInWords(act)}</span>;
  if (isEnding || act?.status === "succeeded" || !target) return null;
  const short = task.id.slice(0, 8);
  return (
    <>
      {act?.error ? <span className="text-failed">Not stopped: {act.error}</span> : null}
      <DialogButton
        label="Stop…"
        ariaLabel={`Stop task ${short}…`}
        isSmall
        title={`Stop task ${short}`}
        description={`${service} in ${target.environment.slug}`}
        disabledReason={whyNotOf(target.can.stopTask)}
      >
        {(close) => <StopTaskForm service={service} task={task} onDone={close} />}
      </DialogButton>
    </>
  );
}

/** "Ada Admin asked for it", and why it takes. */
export function waitsInWords({ createdBy, error }: ActDto): string {
  return error ? `asked for by ${createdBy.name}; waits: ${error}` : `asked for by ${createdBy.name}`;
}
