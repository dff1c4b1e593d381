import { run } from "./bootstrap/run.mjs";
import { stage } from "./bootstrap/stage.mjs";
import { BUILD, buildFingerprint, completeBuild, isBuildFresh } from "./start/console-build.ts";
import { GENERATE, isDatabaseClientFresh, markDatabaseClientFresh } from "./start/database-client.ts";
import { ROOT } from "./start/settings.ts";

/** npm run build: the database client and the console, each only when its sources changed. */
const node = ({ args, env }: { args: string[]; env: Record<string, string> }) =>
  run(process.execPath, args, { env, cwd: ROOT });

try {
  if (!isDatabaseClientFresh()) {
    await stage("Generating the database client", () => node(GENERATE));
    markDatabaseClientFresh();
  }
  if (!isBuildFresh()) {
    const made = buildFingerprint();
    await stage("Building the console", () => node(BUILD));
    completeBuild(made);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
