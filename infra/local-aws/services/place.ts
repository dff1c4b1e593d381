import type { Place } from "../contract.ts";

const DEFAULT_ACCOUNT = "000000000000";

export type Home = { accountId: string; region: string };

/** A bare region is one of the default account. */
export function homeOf(place: Place): Home {
  return typeof place === "string" ? { accountId: DEFAULT_ACCOUNT, region: place } : place;
}

/** `account/region`, the key under which a service keeps what belongs to both. */
export function homeKey(place: Place): string {
  const { accountId, region } = homeOf(place);
  return `${accountId}/${region}`;
}

/** `arn:aws:<service>:<region>:<account>:<resource>` */
export function arn(service: string, place: Place, resource: string): string {
  const { accountId, region } = homeOf(place);
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** Whether an ARN belongs to the caller's account and region: nothing else is visible to them. */
export function isOwn(place: Place, resourceArn: string): boolean {
  const { accountId, region } = homeOf(place);
  const parts = resourceArn.split(":");
  return parts[3] === region && parts[4] === accountId;
}
