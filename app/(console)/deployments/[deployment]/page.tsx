import type { Metadata } from "next";
import { DeploymentView } from "#components/deployments/deployment-view.tsx";
import { deployment } from "#components/deployments/queries.ts";
import { Prefetched } from "../../prefetched.tsx";

export const metadata: Metadata = { title: "Deployment" };

export default async function DeploymentPage({ params }: { params: Promise<{ deployment: string }> }) {
  const id = decodeURIComponent((await params).deployment);
  return (
    <Prefetched load={(queries) => [queries.fetchQuery(deployment(id))]}>
      <DeploymentView id={id} />
    </Prefetched>
  );
}
