import { api } from "#components/lib/api.ts";
import type { DeploymentStatus } from "#server/deployments/schema.ts";

type Filter = { service?: string | undefined; environment?: string | undefined; status?: string | undefined };

/** Input without what is not filtered by: the API takes absent, not undefined. The API checks the status. */
function inputOf({ service, environment, status }: Filter) {
  return {
    ...(service ? { service } : {}),
    ...(environment ? { environment } : {}),
    ...(status ? { status: status as DeploymentStatus } : {}),
  };
}

/** What is under way anywhere: counts in the frame, rows on the overview. */
export const activeDeployments = () => api.deployments.list.queryOptions({ input: { status: "active", limit: 50 } });

export const deployment = (id: string) => api.deployments.get.queryOptions({ input: { deployment: id } });

/** Deployments page by page, newest first. */
export const deploymentPages = (filter: Filter) =>
  api.deployments.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...inputOf(filter), ...(cursor ? { cursor } : {}) }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

type PlanInput = { service: string; environment: string; version?: string | undefined; kind: "deploy" | "rollback" };

/** What a deployment or rollback would do, and how its gates would answer now. Never taken from before. */
export const plan = ({ version, ...input }: PlanInput) =>
  api.deployments.plan.queryOptions({ input: { ...input, ...(version ? { version } : {}) }, staleTime: 0 });
