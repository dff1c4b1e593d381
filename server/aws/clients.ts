import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { RuntimeFailure } from "../deployments/ports.ts";
import type { AccountIdentity, AccountPlace, AssumableRole, RoleSource } from "../environments/ports.ts";
import { BoundedMap } from "../core/bounded-map.ts";
import { forgetExpired } from "./forget-expired.ts";
import { observeCalls, type Acting } from "./observe-calls.ts";
import { callerIdentity, roleKey, roleSessions, type Identity } from "./role-sessions.ts";

type AwsCredentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string; expiration?: Date };

/** What the clients are made with. Absent fields are found by the SDK (environment, profile, container role). */
export type ClientSettings = {
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
};

type Credentials = AwsCredentials | (() => Promise<AwsCredentials>);

export type Clients = ReturnType<typeof createClients>;

/** Clients by environment, account and region. */
export type ClientSource = {
  /** In the environment's role for the account. Refuses, before anything is asked, what turns out as another account. */
  of(place: AccountPlace): Promise<Clients>;
  /** For what belongs to no environment: with the portal's own credentials, or any role that it has in the account. */
  ofAccount(place: Pick<AccountPlace, "accountId" | "region">): Promise<Clients>;
  /** Who the portal is there, and by which role. Fails like `of`. */
  identity(place: AccountPlace): Promise<AccountIdentity>;
  /** The portal's own credentials, in whatever account they are. */
  own(region: string): Promise<AccountIdentity>;
};

// Three attempts of three seconds and their back-off stay within the deadline that `awsCall` sets.
const connectionTimeout = 2_000;
const requestTimeout = 3_000;

function createClients(region: string, acting: Acting, settings: { endpoint?: string; credentials?: Credentials }) {
  const common = {
    region,
    retryMode: "standard",
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
    ...settings,
  } as const;
  const options = { ...common, maxAttempts: 3 };
  const clients = {
    ecs: new ECSClient(options),
    // A write that takes no client token is never repeated by the SDK: whoever calls looks first.
    ecsOnce: new ECSClient({ ...common, maxAttempts: 1 }),
    logs: new CloudWatchLogsClient(options),
    cloudwatch: new CloudWatchClient(options),
    elb: new ElasticLoadBalancingV2Client(options),
    ecr: new ECRClient(options),
    secrets: new SecretsManagerClient(options),
    ssm: new SSMClient(options),
    sts: new STSClient(options),
  };
  return observeCalls(clients, region, acting);
}

const noRoles: RoleSource = { roleFor: async () => undefined, roleIn: async () => undefined };

/** Name of what the portal acts with: a role, or its own credentials. */
const actorKey = (role: AssumableRole | undefined): string => (role ? roleKey(role) : "own");

function otherAccount(identity: Identity, accountId: string, role: AssumableRole | undefined): RuntimeFailure {
  const who = role ? `The role ${role.roleArn} belongs` : "The portal's AWS credentials belong";
  return new RuntimeFailure(
    "denied",
    "sts:GetCallerIdentity",
    `${who} to account ${identity.accountId}, and this target is in account ${accountId}.`,
    { advice: `Set a role of account ${accountId} for this environment. Nothing was asked of either account.` },
  );
}

/**
 * Makes clients once per region and role. The endpoint comes from `AWS_ENDPOINT_URL`, which the SDK reads itself.
 * `now` is epoch milliseconds and decides when credentials are renewed.
 */
export function createClientSource(
  settings: ClientSettings = {},
  roles: RoleSource = noRoles,
  now: () => number = Date.now,
): ClientSource {
  const sessions = roleSessions(now);
  const made = new BoundedMap<string, Clients>(500);
  const identities = new BoundedMap<string, Promise<Identity>>(500);
  const actors = new BoundedMap<string, Acting>(500);

  function actingOf(role: AssumableRole | undefined): Acting {
    const key = actorKey(role);
    const acting = actors.get(key) ?? { accountId: undefined };
    actors.set(key, acting);
    return acting;
  }

  function clientsFor(region: string, role: AssumableRole | undefined): Clients {
    const key = `${region} ${actorKey(role)}`;
    const found = made.get(key);
    if (found) return found;
    // The portal's own clients are looked up at each renewal: those of today may be forgotten by then.
    const credentials = role && (() => sessions.credentialsOf(clientsFor(region, undefined).sts, role));
    const clients = createClients(region, actingOf(role), credentials ? { ...settings, credentials } : settings);
    forgetExpired(clients, () => {
      made.delete(key);
      // What the portal's own credentials are renewed to may be another account's.
      identities.delete(actorKey(role));
      if (role) sessions.forget(role);
    });
    made.set(key, clients);
    return clients;
  }

  /** Asked once per role, whose account never changes, and once for the portal's own credentials until they expire. */
  function identityOf({ sts }: Clients, role: AssumableRole | undefined): Promise<Identity> {
    const key = actorKey(role);
    const found =
      identities.get(key) ?? callerIdentity(sts, role ? `the role ${role.roleArn}` : "the portal's credentials");
    identities.set(key, found);
    found.catch(() => identities.delete(key));
    return found;
  }

  async function enter(
    role: AssumableRole | undefined,
    { accountId, region }: Pick<AccountPlace, "accountId" | "region">,
  ) {
    const clients = clientsFor(region, role);
    // Credentials first, so that a role that cannot be taken is told as that, and not as a call that failed.
    if (role) await sessions.credentialsOf(clientsFor(region, undefined).sts, role);
    const identity = await identityOf(clients, role);
    if (identity.accountId !== accountId) throw otherAccount(identity, accountId, role);
    return { clients, identity };
  }

  return {
    async of(place) {
      return (await enter(await roles.roleFor(place), place)).clients;
    },
    async identity(place) {
      const role = await roles.roleFor(place);
      return { ...(await enter(role, place)).identity, roleArn: role?.roleArn ?? null };
    },
    async own(region) {
      return { ...(await identityOf(clientsFor(region, undefined), undefined)), roleArn: null };
    },
    async ofAccount(place) {
      const own = clientsFor(place.region, undefined);
      const { accountId } = await identityOf(own, undefined);
      if (accountId === place.accountId) return own;
      const role = await roles.roleIn(place.accountId);
      // Without a role there, the repository's own policy may still let the portal look.
      return role ? (await enter(role, place)).clients : own;
    },
  };
}
