import type { DeploymentDto } from "#server/deployments/schema.ts";

type Deployment = {
  status: DeploymentDto["status"];
  automatic: boolean;
  from: { version: string } | null;
  service: { slug: string };
  environment: { slug: string };
};

/** What became of the environment after something went wrong, from the status. */
export function doneAbout({ status, automatic, from, service, environment }: Deployment): string {
  const back = from
    ? `${from.version} serves ${environment.slug} again.`
    : `Nothing of it is left in ${environment.slug}.`;
  switch (status) {
    case "rolled_back":
      return `It was rolled back${automatic ? " by itself" : ""}. ${back}`;
    case "rolling_back":
      return `It is being rolled back now${from ? ` to ${from.version}` : ""}.`;
    case "rollback_failed":
      return `Rolling back failed too: ${service.slug} in ${environment.slug} may run both versions. Act now.`;
    case "failed":
      return `What was changed in ${environment.slug}, if anything was, is in the steps below.`;
    case "cancelled":
      return `It was cancelled. ${back}`;
    case "superseded":
      return `Nothing was undone: ${environment.slug} goes on with what took its place.`;
    case "succeeded":
      return "It succeeded all the same.";
    case "queued":
    case "running":
    case "paused":
      return "It is still under way.";
  }
}
