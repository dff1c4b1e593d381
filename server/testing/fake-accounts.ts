import { RuntimeFailure, shortArn } from "../deployments/ports.ts";
import type { Accounts } from "../environments/ports.ts";
import type { FakeWorld } from "./fake-world.ts";

const accountId = "000000000000";
const identity = { accountId, arn: `arn:aws:iam::${accountId}:root`, roleArn: null };

/** One account, in which the portal may do everything, with the services of the tiny ECS. */
export function fakeAccounts(world: FakeWorld): Accounts {
  const enter = (asked: string): void => {
    if (asked === accountId) return;
    throw new RuntimeFailure(
      "denied",
      "sts:GetCallerIdentity",
      `The portal is in account ${accountId}, not in ${asked}.`,
    );
  };
  return {
    async identity(place) {
      enter(place.accountId);
      return identity;
    },
    own: async () => identity,
    async probe(placement) {
      enter(placement.accountId);
      const allowed = {
        access: "read",
        result: "ok",
        detail: "Allowed.",
        why: "to see what runs",
        policy: "{}",
      } as const;
      return [{ action: "ecs:DescribeServices", ...allowed }];
    },
    async discover(place, cluster) {
      enter(place.accountId);
      const here = [...world.services.values()].filter(
        ({ placement }) => placement.region === place.region && (cluster === null || placement.cluster === cluster),
      );
      const services = here.map(({ placement, state }) => ({
        cluster: placement.cluster,
        ecsService: placement.ecsService,
        taskDefinition: shortArn(state.taskDefinitionArn),
        desiredCount: state.desiredCount,
        runningCount: state.runningCount,
        container: null,
        targetGroupArn: state.targetGroupArns[0] ?? null,
        url: null,
        importable: true as const,
      }));
      return { services, clusters: [...new Set(services.map((one) => one.cluster))], warnings: [] };
    },
  };
}
