import type { ReactNode } from "react";

type EmptyStateProps = {
  /** What there is none of: "No deployments yet". */
  title: string;
  /** What this is, in a sentence for someone who has never seen it. */
  children: ReactNode;
  /** The one thing to do. */
  action?: ReactNode;
};

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-2 rounded-md border border-dashed px-6 py-8">
      <h2 className="text-body font-strong">{title}</h2>
      <div className="max-w-prose text-muted">{children}</div>
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
