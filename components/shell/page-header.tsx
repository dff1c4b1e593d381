import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** State, version, age: what one wants to know at once. */
  facts?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
};

/** The head of a page: its name, its state and what can be done. On a narrow screen the acts go below. */
export function PageHeader({ title, facts, actions, children }: PageHeaderProps) {
  return (
    <div className="mb-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="min-w-0 text-title wrap-anywhere">{title}</h1>
        {facts ? <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-muted">{facts}</div> : null}
        {actions ? <div className="flex flex-wrap items-center gap-2 sm:ml-auto">{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}
