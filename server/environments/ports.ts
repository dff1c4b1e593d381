/** What environments need of the place where services run, in the product's words. `server/aws` implements it. */
import type { Placement, RegisteredTaskDefinition, ServiceState } from "../deployments/ports.ts";

/** Where the portal acts: each environment may have a role of its own in each account. */
export type AccountPlace = { environmentId: string; accountId: string; region: string };

/** A role that the portal takes. `sessionName` shows in the account's own trail of who did what. */
export type AssumableRole = { roleArn: string; externalId: string | null; sessionName: string };

/** Which role to take where. May throw a `RuntimeFailure` that says why a role cannot be used. */
export interface RoleSource {
  /** Undefined: act with the portal's own credentials. */
  roleFor(place: Pick<AccountPlace, "environmentId" | "accountId">): Promise<AssumableRole | undefined>;
  /** Any role in the account, for what belongs to no environment, such as images. */
  roleIn(accountId: string): Promise<AssumableRole | undefined>;
}

/** An ECS service as found in an account, with what the portal would propose for it. */
export type FoundService = {
  cluster: string;
  ecsService: string;
  /** `family:revision` of what runs. */
  taskDefinition: string;
  desiredCount: number;
  runningCount: number;
  /** Container behind the load balancer, where there is one. */
  container: string | null;
  targetGroupArn: string | null;
  /** Address of the load balancer, as far as it tells. */
  url: string | null;
  /** True, or why the portal cannot deploy to it. */
  importable: true | string;
};

export type Found = { services: FoundService[]; clusters: string[]; warnings: string[] };

/** Who the portal is somewhere; `roleArn` is null with its own credentials. */
export type AccountIdentity = { accountId: string; arn: string; roleArn: string | null };

/** What the portal may and can do in an account. Every method only reads, and may throw a `RuntimeFailure`. */
export interface Accounts {
  /** In the environment's role. Refuses what turns out as another account. */
  identity(place: AccountPlace): Promise<AccountIdentity>;
  /** The portal's own credentials, in whatever account they are. */
  own(region: string): Promise<AccountIdentity>;
  /** ECS services of the account and region, or of one cluster there. */
  discover(place: AccountPlace, cluster: string | null): Promise<Found>;
  /** Each permission that the portal needs for a target. `seen` is what could be read of it before. */
  probe(
    placement: Placement,
    seen: { service?: ServiceState; running?: RegisteredTaskDefinition },
  ): Promise<PermissionCheck[]>;
}

/** Whether the portal may do something in an account. */
export type PermissionCheck = {
  /** As policies write it, such as `ecs:UpdateService`. */
  action: string;
  access: "read" | "write";
  why: string;
  result: "ok" | "denied" | "unknown";
  detail: string;
  /** Statement that allows it, as one line of JSON. */
  policy: string;
};
