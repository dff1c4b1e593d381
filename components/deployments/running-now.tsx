"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatPlural } from "#components/lib/format.ts";
import { paths } from "#components/lib/paths.ts";
import { StateMark } from "#components/ui/state-mark.tsx";
import { activeDeployments } from "./queries.ts";

function useRunningCount(): number {
  return useQuery(activeDeployments()).data?.items.length ?? 0;
}

/** In the header of every page: how many deployments are under way, and the way to them. */
export function RunningNow() {
  const count = useRunningCount();
  if (count === 0) return null;
  return (
    <Link
      href={paths.deployments({ status: "active" })}
      aria-label={`${formatPlural(count, "deployment")} under way`}
      data-tip={`${formatPlural(count, "deployment")} under way`}
      className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-small hover:bg-hover"
    >
      <StateMark kind="moving" size={12} className="text-moving" />
      <span aria-hidden data-count={count} className="before:content-[attr(data-count)]" />
    </Link>
  );
}

/** Beside "Deployments" in the rail. */
export function DeploymentsBadge() {
  const count = useRunningCount();
  if (count === 0) return null;
  return (
    <span className="inline-flex min-w-5 justify-center rounded-full bg-moving-soft px-1.5 text-[0.6875rem] leading-5 font-strong text-moving">
      {count}
      <span className="sr-only"> under way</span>
    </span>
  );
}
