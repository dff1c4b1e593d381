import { api } from "#components/lib/api.ts";

export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  service?: string | undefined;
  environment?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Entries page by page, newest first. */
export const auditPages = (filter: AuditFilter) =>
  api.audit.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...present(filter), ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const auditChain = () => api.audit.chain.queryOptions({ input: {} });

/** The API takes absent, not undefined. */
function present(filter: AuditFilter): { [Name in keyof AuditFilter]?: string } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
}
