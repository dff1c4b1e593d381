import type { ReactNode } from "react";
import { Copy } from "./copy.tsx";
import { State } from "./state.tsx";

type ErrorStateProps = {
  /** What happened, in one sentence. */
  title: string;
  /** What was kept or is still running. */
  kept?: ReactNode;
  /** What to do now. */
  advice?: ReactNode;
  action?: ReactNode;
  /** Finds the failure in the logs. */
  requestId?: string | undefined;
};

export function ErrorState({ title, kept, advice, action, requestId }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-2 rounded-md border px-6 py-6">
      <h2 className="text-body font-strong">
        <State kind="failed" size="md" label={title} className="!whitespace-normal" />
      </h2>
      {kept ? <p className="max-w-prose text-muted">{kept}</p> : null}
      {advice ? <p className="max-w-prose">{advice}</p> : null}
      {action ? <div className="mt-2 flex gap-2">{action}</div> : null}
      {requestId ? (
        <p className="mt-1 flex items-center gap-1 text-small text-muted">
          Request <code className="min-w-0 font-mono wrap-anywhere">{requestId}</code>
          <Copy text={requestId} label="Copy request id" />
        </p>
      ) : null}
    </div>
  );
}
