"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { TaskList } from "#components/deployments/task-list.tsx";
import type { TargetDto } from "#server/services/schema.ts";
import { serviceActs, serviceTasks } from "./queries.ts";
import { nameOfTarget } from "./place-in-words.ts";
import { TaskAct } from "./task-act.tsx";

type ServiceTasksProps = { service: string; environment: string; targets: readonly TargetDto[] };

export function ServiceTasks({ targets, ...place }: ServiceTasksProps) {
  const { data } = useSuspenseQuery(serviceTasks(place));
  const { data: acts = [] } = useQuery(serviceActs(place));
  if (data.length === 0) return <p className="text-small text-muted">No task has been seen here yet.</p>;
  return (
    <TaskList
      tasks={data}
      {...(targets.length > 1 ? { where: (task) => nameOfTarget(targets, task.targetId) } : {})}
      act={(task) => (
        <TaskAct
          service={place.service}
          task={task}
          target={targets.find(({ id }) => id === task.targetId)}
          acts={acts}
        />
      )}
    />
  );
}
