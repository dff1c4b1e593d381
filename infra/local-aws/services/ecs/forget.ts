import type { World } from "../../contract.ts";
import { engineOf } from "./engine.ts";

/** Forgets the service deployments of a service that have ended, as ECS does after a while. Answers their ARNs. */
export function forgetServiceDeployments(world: World, service: string): string[] {
  const { state } = engineOf(world);
  const ended = Object.entries(state.deployments).filter(
    ([, one]) => one.serviceArn.endsWith(`/${service}`) && one.finishedAt !== undefined,
  );
  for (const [arn] of ended) delete state.deployments[arn];
  state.save("deployments");
  return ended.map(([arn]) => arn);
}
