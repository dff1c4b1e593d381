"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { problemOf } from "#components/lib/problem.ts";
import { isStaleBuild } from "#components/lib/stale-build.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { StaleBuildState } from "#components/ui/stale-build-state.tsx";

/** A page that failed to load, inside a frame that still works. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const pathname = usePathname();
  const search = useSearchParams();
  useEffect(() => console.error(error), [error]);
  if (isStaleBuild(error)) {
    return <StaleBuildState />;
  }
  const problem = problemOf(error);
  // A filter in the address names what is not there: asking again would find the same.
  const isFilter = problem.code === "not_found" && search.size > 0;
  return (
    <ErrorState
      title={problem.detail}
      kept="Nothing was changed, and deployments keep running."
      advice={isFilter ? "It may have been renamed or removed, or the link is incomplete." : problem.advice}
      requestId={problem.requestId ?? error.digest}
      action={
        isFilter ? (
          <LinkButton variant="primary" href={pathname}>
            Show all
          </LinkButton>
        ) : (
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        )
      }
    />
  );
}
