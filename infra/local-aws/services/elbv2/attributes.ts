import { AwsError } from "../../contract.ts";

type Attribute = { Key?: string | undefined; Value?: string | undefined };

/** Attributes that have an effect here, with their valid values; others of AWS are kept and have none. */
const WHOLE_SECONDS: Record<string, [from: number, to: number]> = {
  "deregistration_delay.timeout_seconds": [0, 3600],
  "slow_start.duration_seconds": [0, 900],
  "idle_timeout.timeout_seconds": [1, 4000],
};

export function listAttributes(attributes: Record<string, string>) {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

/** All or none: returns the new set, or throws without a change. */
export function applyAttributes(
  what: string,
  attributes: Record<string, string>,
  changes: Attribute[] | undefined,
): Record<string, string> {
  const result = { ...attributes };
  for (const { Key: key = "", Value: value = "" } of changes ?? []) {
    if (!/^[a-z][a-z0-9_.]{0,255}$/.test(key))
      throw new AwsError("InvalidConfigurationRequest", `${what} attribute key '${key}' is not recognized`);
    const range = Object.hasOwn(WHOLE_SECONDS, key) ? WHOLE_SECONDS[key] : undefined;
    if (range && (!/^\d{1,5}$/.test(value) || Number(value) < range[0] || Number(value) > range[1])) {
      const message = `The value of '${key}' must be an integer between ${range[0]} and ${range[1]} inclusive`;
      throw new AwsError("InvalidConfigurationRequest", message);
    }
    result[key] = value;
  }
  return result;
}
