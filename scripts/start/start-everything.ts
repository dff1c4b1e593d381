import { stage } from "../bootstrap/stage.mjs";
import type { Config } from "#server/core/config.ts";
import { banner } from "./banner.ts";
import { BUILD, buildFingerprint, completeBuild, isBuildFresh } from "./console-build.ts";
import type { DataFolder } from "./data-folder.ts";
import { GENERATE, isDatabaseClientFresh, markDatabaseClientFresh } from "./database-client.ts";
import { startDatabase } from "./database.ts";
import { demoState } from "./demo.ts";
import { portalEnvironment } from "./environments.ts";
import { localAws, shoppers, web, worker } from "./programs.ts";
import type { Program } from "./programs.ts";
import type { Run } from "./run.ts";
import { secretsFor } from "./secrets.ts";
import type { Started } from "./shutdown.ts";
import { startPrograms } from "./start-program.ts";
import { step } from "./step.ts";

type Options = { settings: Config; folders: DataFolder; run: Run; started: Started };

/** The whole way up. `started` grows on the way, so that a stop in the middle stops what there is. Returns the banner. */
export async function startEverything({ settings, folders, run, started }: Options): Promise<string> {
  const secrets = secretsFor(settings);
  await build(run);

  const database = await stage("Starting the database", () => startDatabase({ settings, folders, run }));
  started.database = database;
  const context = { settings, secrets, databaseUrl: database.url };
  const env = portalEnvironment(context);
  await step(run, "Migrating the database", { name: "migrate", args: ["scripts/migrate.ts", "up"], env });

  const start = (...programs: Program[]) => startPrograms({ run, started, programs });
  const isLocal = settings.QUARTERDECK_AWS === "local";
  if (isLocal) {
    await start(localAws(context));
    const demo = await demoState(settings.DATA_DIR, database.url);
    if (demo.needed) {
      demo.begin();
      await step(run, "Putting QKart into three environments", {
        name: "seed",
        args: ["prisma/seed/main.ts", "demo"],
        env,
      });
      demo.finish();
    }
  } else {
    await step(run, "Looking for an administrator", { name: "seed", args: ["prisma/seed/main.ts", "admin"], env });
  }
  await start(worker(context), web(context), ...(isLocal ? [shoppers(context)] : []));
  return banner(settings, secrets);
}

async function build(run: Run): Promise<void> {
  if (!isDatabaseClientFresh()) {
    await step(run, "Generating the database client", { name: "generate", ...GENERATE });
    markDatabaseClientFresh();
  }
  if (!isBuildFresh()) {
    const made = buildFingerprint();
    await step(run, "Building the console", { name: "build", ...BUILD });
    completeBuild(made);
  }
}
