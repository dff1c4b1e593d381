import { createHash } from "node:crypto";
import { AssumeRoleCommand, GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { RuntimeFailure } from "../deployments/ports.ts";
import type { AssumableRole } from "../environments/ports.ts";
import { BoundedMap } from "../core/bounded-map.ts";
import { awsCall } from "./failure.ts";

/** Who the portal is with some credentials. */
export type Identity = { accountId: string; arn: string };

/** The SDK asks again for credentials that expire within five minutes; these are renewed before that. */
const renewMs = 6 * 60_000;
/** Credentials with less life than this are not used, even when new ones cannot be had now. */
const lastMs = 30_000;

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

/** Name of a role with its external id, which does not tell the external id. */
export function roleKey({ roleArn, externalId, sessionName }: AssumableRole): string {
  return createHash("sha256")
    .update(JSON.stringify([roleArn, externalId, sessionName]))
    .digest("base64url");
}

/** Who these credentials are, as AWS itself says. */
export async function callerIdentity(sts: STSClient, whose: string): Promise<Identity> {
  const target = { operation: "sts:GetCallerIdentity", resource: whose };
  const answer = await awsCall(target, (options) => sts.send(new GetCallerIdentityCommand({}), options));
  return { accountId: answer.Account ?? "", arn: answer.Arn ?? "" };
}

/** AWS says "not authorized" whatever the reason is, so that all of them are named. */
function refused(role: AssumableRole, self: string, cause: RuntimeFailure): RuntimeFailure {
  const externalId = role.externalId
    ? "the external id set in the portal is the one that its condition sts:ExternalId asks for"
    : "it asks for no external id, as none is set in the portal";
  const advice = `Look at three things: the role exists and its trust policy names ${self}; ${externalId}; and the portal's own policy allows sts:AssumeRole on the role.`;
  return new RuntimeFailure("denied", "sts:AssumeRole", `AWS does not let the portal take the role ${role.roleArn}.`, {
    cause,
    advice,
  });
}

/** Credentials of roles, shared by all clients and kept until shortly before they expire. `now` is epoch ms. */
export function roleSessions(now: () => number = Date.now) {
  const sessions = new BoundedMap<string, Credentials>(200);
  const pending = new Map<string, Promise<Credentials>>();

  async function assume(sts: STSClient, role: AssumableRole): Promise<Credentials> {
    const command = new AssumeRoleCommand({
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName,
      ...(role.externalId === null ? {} : { ExternalId: role.externalId }),
    });
    const target = { operation: "sts:AssumeRole", resource: `the role ${role.roleArn}` };
    const { Credentials: given } = await awsCall(target, (options) => sts.send(command, options)).catch(
      async (error: unknown) => {
        if (!(error instanceof RuntimeFailure) || error.kind !== "denied") throw error;
        const self = await callerIdentity(sts, "the portal's credentials").catch(() => undefined);
        throw self ? refused(role, self.arn, error) : error;
      },
    );
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration,
    } = given ?? {};
    if (!accessKeyId || !secretAccessKey || !sessionToken || !Expiration) {
      throw new RuntimeFailure(
        "unknown",
        target.operation,
        `sts:AssumeRole answered no credentials for ${role.roleArn}.`,
      );
    }
    return { accessKeyId, secretAccessKey, sessionToken, expiration: Expiration };
  }

  function renew(sts: STSClient, role: AssumableRole, key: string): Promise<Credentials> {
    const running = pending.get(key);
    if (running) return running;
    const begun = assume(sts, role)
      .then((credentials) => {
        sessions.set(key, credentials);
        return credentials;
      })
      .finally(() => pending.delete(key));
    pending.set(key, begun);
    return begun;
  }

  /** Credentials of the role; throws a `RuntimeFailure` that says why there are none. */
  async function credentialsOf(sts: STSClient, role: AssumableRole): Promise<Credentials> {
    const key = roleKey(role);
    const known = sessions.get(key);
    const leftMs = known ? known.expiration.getTime() - now() : 0;
    if (known && leftMs > renewMs) return known;
    try {
      return await renew(sts, role, key);
    } catch (error) {
      // STS being away for a moment must not end what the credentials at hand can still do.
      if (known && leftMs > lastMs && error instanceof RuntimeFailure && error.retryable) return known;
      throw error;
    }
  }

  /** What AWS no longer takes, whatever it had said of how long it lasts. */
  const forget = (role: AssumableRole): void => sessions.delete(roleKey(role));

  return { credentialsOf, forget };
}
