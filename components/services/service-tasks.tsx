"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { TaskList } from "#components/deployments/task-list.tsx";
import { serviceTasks } from "./queries.ts";

export function ServiceTasks(place: { service: string; environment: string }) {
  const { data } = useSuspenseQuery(serviceTasks(place));
  if (data.length === 0) return <p className="text-small text-muted">No task has been seen here yet.</p>;
  return <TaskList tasks={data} />;
}
