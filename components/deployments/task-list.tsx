import type { ReactNode } from "react";
import { LogLines } from "#components/ui/log-lines.tsx";
import { State } from "#components/ui/state.tsx";
import { Code, Version } from "#components/ui/code.tsx";
import { Time } from "#components/ui/time.tsx";
import type { TaskDto } from "#server/services/schema.ts";
import { taskState } from "./task-state.ts";

type Task = TaskDto & { side?: "new" | "old" };

type TaskListProps = {
  tasks: readonly Task[];
  act?: (task: Task) => ReactNode;
  /** Where a task runs, when they do not all run in one place. */
  where?: (task: Task) => string;
};

/** Tasks, those that run first; one that died says why, with the last lines that it wrote. */
export function TaskList({ tasks, act, where }: TaskListProps) {
  return (
    <ul className="border-t text-small">
      {tasks.map((task) => (
        <TaskRow key={task.arn} task={task} act={act?.(task)} where={where?.(task)} />
      ))}
    </ul>
  );
}

function TaskRow({ task, act, where }: { task: Task; act: ReactNode; where: string | undefined }) {
  const { kind, word } = taskState(task);
  const at = task.stoppedAt ?? task.startedAt ?? task.createdAt;
  const why = task.stoppedReason ?? task.containerReason;
  return (
    <li className="border-b py-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5">
        <State kind={kind} label={word} className="min-w-28" />
        <Version>{task.version ?? "unknown version"}</Version>
        {task.side ? <span className="text-muted">{task.side}</span> : null}
        <span data-tip={task.arn}>
          <Code className="text-muted">{task.id.slice(0, 8)}</Code>
        </span>
        {where ? <span className="text-muted wrap-anywhere">{where}</span> : null}
        {task.exitCode === null ? null : <span>exit code {task.exitCode}</span>}
        <span className="ml-auto text-muted">{at ? <Time at={at} /> : null}</span>
        {act}
      </div>
      {(task.stoppedAt || task.desiredStatus === "STOPPED") && why ? (
        <p className="pt-0.5 pl-4 wrap-anywhere text-muted">{why}</p>
      ) : null}
      {task.stoppedAt && task.lastLines.length > 0 ? (
        <details className="pt-1 pl-4">
          <summary className="w-fit text-muted hover:text-ink">Last lines that it wrote</summary>
          <div className="pt-1">
            <LogLines
              label={`Last lines of task ${task.id.slice(0, 8)}`}
              lines={task.lastLines.map((text) => ({ text }))}
            />
          </div>
        </details>
      ) : null}
    </li>
  );
}
