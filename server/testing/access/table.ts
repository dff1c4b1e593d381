import type { Role } from "../../core/permissions.ts";
import type { Known, PlaceName } from "./scene.ts";

/** The least role that may, where it must count, and an input good enough to get as far as that question. */
export type Rule = {
  least: Role | "signed-in";
  on: PlaceName;
  input?: (known: Known) => Record<string, unknown>;
};

const reads: Rule = { least: "viewer", on: "anywhere" };
const readsOf = (input: Rule["input"]): Rule => ({ ...reads, ...(input ? { input } : {}) });

const place = ({ service, environment }: Known) => ({ service, environment });
const deploys = (input: NonNullable<Rule["input"]>): Rule => ({
  least: "developer",
  on: "service in environment",
  input,
});
const administers = (input: NonNullable<Rule["input"]>): Rule => ({ least: "admin", on: "everything", input });
const inEnvironment = (input: NonNullable<Rule["input"]>): Rule => ({ least: "admin", on: "environment", input });
const awsPlace = ({ environment }: Known) => ({ environment, accountId: "000000000000", region: "us-east-1" });
const operates = (input: NonNullable<Rule["input"]>): Rule => ({
  least: "developer",
  on: "service in environment",
  input,
});
const ofTarget = ({ service, target }: Known) => ({ service, target });
const ofUser = ({ user }: Known) => ({ user });
const entries = [{ container: "app", name: "MODE", value: "live" }];

/**
 * Who may call each operation of the API, by operationId: the whole of our access policy in one place, written by
 * hand and compared with what the product does. An operation without a row fails. Several rows are several inputs.
 */
export const accessTable: Record<string, Rule | Rule[]> = {
  getAwsUsage: reads,

  listAudit: reads,
  getAuditChain: reads,
  listChanges: reads,

  listDeployments: reads,
  getDeployment: readsOf(({ deployment }) => ({ deployment })),
  planDeployment: readsOf(place),
  createDeployment: deploys((known) => ({ ...place(known), version: "1.1.0", reason: "Fix" })),
  rollbackDeployment: deploys(({ deployment }) => ({ deployment, reason: "Errors" })),
  cancelDeployment: deploys(({ deployment }) => ({ deployment })),

  listElevations: reads,
  openElevation: {
    least: "signed-in",
    on: "anywhere",
    input: ({ dormant }) => ({ grant: dormant, reason: "Checkout is down" }),
  },
  endElevation: administers(({ open }) => ({ elevation: open })),
  reviewElevation: administers(({ ended }) => ({ elevation: ended })),

  listEnvironments: reads,
  getEnvironment: readsOf(({ environment }) => ({ environment })),
  createEnvironment: administers(() => ({ slug: "preview-1", name: "Preview 1", kind: "preview" })),
  listRoles: readsOf(({ environment }) => ({ environment })),
  setRole: {
    least: "admin",
    on: "environment",
    input: ({ environment }) => ({ environment, roleArn: "arn:aws:iam::000000000000:role/quarterdeck" }),
  },
  removeRole: {
    least: "admin",
    on: "environment",
    input: ({ environment }) => ({ environment, accountId: "000000000000" }),
  },

  listAccounts: inEnvironment(({ environment }) => ({ environment })),
  examineEnvironment: inEnvironment(({ environment }) => ({ environment })),
  discoverServices: inEnvironment((known) => awsPlace(known)),
  importServices: inEnvironment((known) => ({
    ...awsPlace(known),
    services: [{ service: "mailer", cluster: "another", ecsService: "mailer" }],
  })),

  listGrants: reads,
  createGrant: [
    administers(({ user }) => ({ user, role: "developer" })),
    administers(({ team }) => ({ toTeam: team, role: "viewer", breakGlass: true })),
    { least: "admin", on: "service", input: ({ user, service }) => ({ user, role: "viewer", service }) },
    { least: "admin", on: "environment", input: ({ user, environment }) => ({ user, role: "admin", environment }) },
    {
      least: "admin",
      on: "service in environment",
      input: (known) => ({ token: known.token, role: "viewer", ...place(known) }),
    },
  ],
  deleteGrant: administers(({ grant }) => ({ grant })),

  listLocks: reads,
  createLock: [
    { least: "release_manager", on: "service in environment", input: (known) => ({ ...place(known), reason: "Sale" }) },
    { least: "release_manager", on: "environment", input: ({ environment }) => ({ environment, reason: "Sale" }) },
    { least: "release_manager", on: "everything", input: () => ({ reason: "Sale" }) },
  ],
  liftLock: { least: "release_manager", on: "service in environment", input: ({ lock }) => ({ lock, reason: "Over" }) },

  getMe: { least: "signed-in", on: "anywhere" },
  changePassword: readsOf(() => ({ current: "not the present one", password: "a long enough password" })),

  listReleases: readsOf(({ service }) => ({ service })),
  getRelease: readsOf(({ release }) => ({ release })),
  createRelease: {
    least: "developer",
    on: "service anywhere",
    input: ({ service }) => ({
      service,
      version: "9.0.0",
      image: `000000000000.dkr.ecr.us-east-1.amazonaws.com/${service}:9.0.0`,
    }),
  },
  judgeRelease: {
    least: "release_manager",
    on: "service in environment",
    input: ({ release, environment }) => ({ release, environment, verdict: "bad", reason: "Leaks" }),
  },

  listServices: reads,
  listAttention: reads,
  listServiceNames: reads,
  getService: readsOf(({ service }) => ({ service })),
  listServiceTasks: readsOf(({ service }) => ({ service })),
  listServiceEvents: readsOf(({ service }) => ({ service })),
  createService: administers(({ team }) => ({ slug: "mailer", name: "Mailer", team })),
  listServiceActs: readsOf(({ service }) => ({ service })),
  getTargetCommands: readsOf(ofTarget),
  restartTarget: operates((known) => ({ ...ofTarget(known), reason: "Leaks" })),
  scaleTarget: operates((known) => ({ ...ofTarget(known), desiredCount: 3 })),
  stopTask: operates((known) => ({ ...ofTarget(known), task: known.task })),
  createTarget: {
    least: "admin",
    on: "service in environment",
    input: (known) => ({
      ...place(known),
      accountId: "000000000000",
      region: "us-east-1",
      cluster: "another",
      ecsService: "another",
    }),
  },

  listTeams: reads,
  createTeam: administers(() => ({ slug: "checkout", name: "Checkout" })),
  addMember: administers(({ team, user }) => ({ team, user })),
  removeMember: administers(({ team, user }) => ({ team, user })),

  listTokens: reads,
  createToken: [
    { least: "viewer", on: "everything", input: () => ({ name: "ci", role: "viewer" }) },
    {
      least: "developer",
      on: "service in environment",
      input: (known) => ({ name: "ci", role: "developer", ...place(known) }),
    },
    { least: "admin", on: "everything", input: () => ({ name: "ci", role: "admin" }) },
  ],
  revokeToken: administers(({ token }) => ({ token })),

  listUsers: reads,
  getUser: readsOf(ofUser),
  createUser: administers(() => ({ email: "new@example.com", name: "New" })),
  updateUser: administers(({ user }) => ({ user, password: "a long enough password" })),
  disableUser: administers(ofUser),
  enableUser: administers(ofUser),
  endSessions: administers(ofUser),
  listSessions: administers(ofUser),
  endSession: administers(({ session }) => ({ session })),

  getVariables: readsOf(place),
  listConfigVersions: readsOf(place),
  getConfigVersion: readsOf((known) => ({ ...place(known), number: 1 })),
  diffConfigVersions: readsOf((known) => ({ ...place(known), from: 0 })),
  compareVariables: readsOf((known) => ({ ...place(known), with: known.otherEnvironment })),
  saveVariables: deploys((known) => ({ ...place(known), expectedNumber: 0, entries })),
  patchVariables: deploys((known) => ({ ...place(known), expectedNumber: 0, set: entries })),
  revertVariables: deploys((known) => ({ ...place(known), to: 1, expectedNumber: 1 })),
  takeOverVariables: deploys(place),
  listSecretChoices: deploys(place),
};
