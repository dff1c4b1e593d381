"use client";

import { isStaleBuild } from "#components/lib/stale-build.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { StaleBuildState } from "#components/ui/stale-build-state.tsx";
import "./globals.css";

/** The last resort, when the frame itself fails to render. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex min-h-dvh max-w-160 flex-col justify-center p-6">
          {isStaleBuild(error) ? (
            <StaleBuildState />
          ) : (
            <ErrorState
              title="The console could not be shown"
              kept="Deployments keep running: they do not depend on this page."
              advice="Try again. When it persists, the log of the web process holds the cause under this number."
              requestId={error.digest}
              action={
                <Button variant="primary" onClick={reset}>
                  Try again
                </Button>
              }
            />
          )}
        </main>
      </body>
    </html>
  );
}
