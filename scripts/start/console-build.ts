import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fingerprint } from "./fingerprint.ts";
import { ROOT } from "./settings.ts";

const INPUTS = [
  ...["app", "components", "server", "public", "prisma/schema", "next.config.mjs", "postcss.config.mjs"],
  ...["proxy.ts", "instrumentation.ts", "tsconfig.json", "tsconfig.build.json", "package.json", "package-lock.json"],
];
const OUTPUT = path.join(ROOT, ".next");
const STAMP = path.join(OUTPUT, "quarterdeck-build");

/** The web server that `next build` makes, with everything that it needs. */
export const WEB_SERVER = path.join(OUTPUT, "standalone", "server.js");

/** What to run for the build. */
export const BUILD = {
  args: ["node_modules/next/dist/bin/next", "build"],
  env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
};

/** What the console is built from, as one hash. */
export function buildFingerprint(): string {
  return fingerprint(ROOT, INPUTS, process.version);
}

/** Whether the build that is there was made from the sources that are there. */
export function isBuildFresh(): boolean {
  return existsSync(WEB_SERVER) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === buildFingerprint();
}

/** Next leaves to us the files that a CDN could serve. `made` is the fingerprint from before the build. */
export function completeBuild(made: string): void {
  const standalone = path.dirname(WEB_SERVER);
  for (const [from, to] of [
    [path.join(OUTPUT, "static"), path.join(standalone, ".next", "static")],
    [path.join(ROOT, "public"), path.join(standalone, "public")],
  ] as const) {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
  writeFileSync(STAMP, made);
}
