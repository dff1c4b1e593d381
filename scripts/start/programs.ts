import { publicUrl } from "#server/core/config.ts";
import type { Config } from "#server/core/config.ts";
import { localLoadBalancers } from "./named-ports.ts";
import { WEB_SERVER } from "./console-build.ts";
import { localAwsEnvironment, localAwsUrl, portalEnvironment } from "./environments.ts";
import type { Launch } from "./run.ts";
import type { Secrets } from "./secrets.ts";

/** A long-lived part of the product. */
export type Program = Launch & {
  /** As people read it: "Starting the worker". */
  title: string;
  /** Answers 200 once the program works; without it, not ending at once is enough. */
  health?: string;
  /** Others stand on it: it stops after them. */
  base?: boolean;
  /** What it may take to end after SIGTERM. */
  patienceMs: number;
};

type Context = { settings: Config; secrets: Secrets; databaseUrl: string };

/** Local AWS is up before the demo data, which is made in it. */
export function localAws({ settings }: Context): Program {
  return {
    name: "local-aws",
    title: "local AWS",
    args: ["infra/local-aws/main.ts"],
    watchesParent: true,
    env: localAwsEnvironment(settings),
    health: `${localAwsUrl(settings)}/_local/health`,
    base: true,
    patienceMs: 15_000,
  };
}

/** Runs jobs; ends by itself when its parent is gone. */
export function worker(context: Context): Program {
  return {
    name: "worker",
    title: "the worker",
    args: ["server/jobs/main.ts"],
    watchesParent: true,
    env: portalEnvironment(context),
    patienceMs: 10_000,
  };
}

/** The console and the API, as Next's standalone server. */
export function web(context: Context): Program {
  const { settings } = context;
  const reach = settings.HOST === "0.0.0.0" || settings.HOST === "::" ? "127.0.0.1" : settings.HOST;
  return {
    name: "web",
    title: "the portal",
    args: [WEB_SERVER],
    env: {
      ...portalEnvironment(context),
      PORT: String(settings.PORT),
      HOSTNAME: settings.HOST,
      NEXTAUTH_URL: publicUrl(settings),
    },
    health: `http://${reach}:${settings.PORT}/health`,
    // Next's server ignores SIGTERM while a live page is connected.
    patienceMs: 3_000,
  };
}

/** Bounded traffic through the local load balancers, so that the demo has something to show. */
export function shoppers({ settings }: Context): Program {
  const loadBalancers = localLoadBalancers(settings).map((port) => `http://127.0.0.1:${port}`);
  return {
    name: "shoppers",
    title: "the shoppers",
    args: ["infra/qkart/shopper/main.ts"],
    watchesParent: true,
    env: { ...localAwsEnvironment(settings), SHOPPER_TARGETS: loadBalancers.join(",") },
    patienceMs: 2_000,
  };
}
