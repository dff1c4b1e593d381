/** What environments need of the place where services run, in the product's words. `server/aws` implements it. */

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
