import { AwsError } from "../../contract.ts";
import { parseMatcher } from "./health.ts";
import type { HealthCheck } from "./state.ts";

export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** Refuses more names or ARNs than a call may have. */
export function checkCount(asked: string[], most: number, what: string): void {
  if (asked.length > most) throw invalid(`Up to ${most} ${what} can be specified`);
}

/** 1 to 32 letters, digits and inner hyphens. */
export function checkName(name: string | undefined, what: string): string {
  if (!name || !/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) {
    throw invalid(
      `The ${what} name '${name ?? ""}' must be 1 to 32 alphanumeric characters or hyphens, and must not begin or end with a hyphen`,
    );
  }
  return name;
}

export function checkPort(port: number | undefined): number {
  if (port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalid(`Port '${port ?? ""}' must be between 1 and 65535`);
  }
  return port;
}

type HealthCheckInput = {
  HealthCheckEnabled?: boolean | undefined;
  HealthCheckProtocol?: string | undefined;
  HealthCheckPort?: string | undefined;
  HealthCheckPath?: string | undefined;
  HealthCheckIntervalSeconds?: number | undefined;
  HealthCheckTimeoutSeconds?: number | undefined;
  HealthyThresholdCount?: number | undefined;
  UnhealthyThresholdCount?: number | undefined;
  Matcher?: { HttpCode?: string | undefined } | undefined;
};

export const DEFAULT_HEALTH_CHECK: HealthCheck = {
  enabled: true,
  protocol: "HTTP",
  path: "/",
  port: "traffic-port",
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: "200",
};

/** A health check after the settings that `input` names, in AWS's ranges. */
export function healthCheckFrom(input: HealthCheckInput, before: HealthCheck): HealthCheck {
  if ((input.HealthCheckProtocol ?? "HTTP") !== "HTTP") {
    throw new AwsError("InvalidConfigurationRequest", "Local AWS checks health over HTTP only");
  }
  const check: HealthCheck = {
    ...before,
    enabled: input.HealthCheckEnabled ?? before.enabled,
    path: input.HealthCheckPath ?? before.path,
    port: input.HealthCheckPort ?? before.port,
    intervalSeconds: input.HealthCheckIntervalSeconds ?? before.intervalSeconds,
    timeoutSeconds: input.HealthCheckTimeoutSeconds ?? before.timeoutSeconds,
    healthyThreshold: input.HealthyThresholdCount ?? before.healthyThreshold,
    unhealthyThreshold: input.UnhealthyThresholdCount ?? before.unhealthyThreshold,
    matcher: input.Matcher?.HttpCode ?? before.matcher,
  };
  within("Health check interval", check.intervalSeconds, 5, 300);
  within("Health check timeout", check.timeoutSeconds, 2, 120);
  within("Healthy threshold count", check.healthyThreshold, 2, 10);
  within("Unhealthy threshold count", check.unhealthyThreshold, 2, 10);
  if (check.timeoutSeconds >= check.intervalSeconds)
    throw invalid("Health check timeout must be smaller than the interval");
  if (check.port !== "traffic-port") checkPort(Number(check.port));
  if (!/^\/[\x21-\x7e]{0,1023}$/.test(check.path))
    throw invalid(`Health check path '${check.path}' must begin with a '/' and have at most 1024 characters`);
  if (!parseMatcher(check.matcher))
    throw invalid(`Health check matcher HTTP code '${check.matcher}' must be within '200-499'`);
  return check;
}

function within(what: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to)
    throw invalid(`${what} '${value}' must be between ${from} and ${to}`);
}
