"use client";

import { useQuery } from "@tanstack/react-query";
import { ProblemNote } from "#components/forms/problem-note.tsx";
import { problemOf } from "#components/lib/problem.ts";
import { DiffList } from "#components/ui/diff-list.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { shownDifferences } from "./draft.ts";
import { versionDiff, type Place } from "./queries.ts";

/** What differs between two versions. */
export function VersionDiff(input: Place & { from: number; to: number }) {
  const diff = useQuery(versionDiff(input));
  if (diff.isError) return <ProblemNote problem={problemOf(diff.error)} />;
  if (!diff.data) return <SkeletonRows rows={2} label="Loading what differs" />;
  if (diff.data.differences.length === 0) return <p className="text-muted">Nothing differs.</p>;
  return <DiffList differences={shownDifferences(diff.data.differences)} />;
}
