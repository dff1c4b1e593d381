"use client";

import { useEffect } from "react";
import { problemOf } from "#components/lib/problem.ts";
import { isStaleBuild } from "#components/lib/stale-build.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { StaleBuildState } from "#components/ui/stale-build-state.tsx";

/** A page that failed to load, inside a frame that still works. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  if (isStaleBuild(error)) {
    return (
      <div className="p-6">
        <StaleBuildState />
      </div>
    );
  }
  const problem = problemOf(error);
  return (
    <div className="p-6">
      <ErrorState
        title={problem.detail}
        kept="Nothing was changed, and deployments keep running."
        advice={problem.advice}
        requestId={problem.requestId ?? error.digest}
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
