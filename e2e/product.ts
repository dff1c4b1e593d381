import { readFileSync } from "node:fs";
import path from "node:path";
import { startTimeOf } from "../scripts/process/identity.ts";
import { readRunRecord } from "../scripts/process/run-record.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: global-setup.ts sets it once the product runs.`);
  return value;
}

/** Where the portal answers. */
export const portalUrl = () => setting("E2E_URL");

/** Password of the demo accounts. */
export const demoPassword = () => setting("E2E_PASSWORD");

export const localAwsUrl = () => setting("E2E_LOCAL_AWS_URL");

export const environments = ["development", "staging", "production"] as const;
export type EnvironmentName = (typeof environments)[number];

/** The load balancer of an environment, as shoppers reach it. */
export function loadBalancerUrl(environment: EnvironmentName): string {
  return `http://127.0.0.1:${Number(setting("E2E_LOCAL_LB_PORT")) + environments.indexOf(environment)}`;
}

/** Process id of a program that the supervisor keeps running; undefined while it is being started again. */
export function pidOf(program: "web" | "worker"): number | undefined {
  const record = readRunRecord(path.join(setting("E2E_DATA_DIR"), "run", "processes.json"));
  const pid = record?.groups[program]?.pid;
  return pid !== undefined && startTimeOf(pid) !== undefined ? pid : undefined;
}

/** What a program wrote so far. */
export function logOf(program: "web" | "worker"): string {
  return readFileSync(path.join(setting("E2E_DATA_DIR"), "logs", `${program}.log`), "utf8");
}
