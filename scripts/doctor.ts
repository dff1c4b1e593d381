import { parseArgs } from "node:util";
import { createClientSource } from "#server/aws/clients.ts";
import { awsPorts } from "#server/aws/ports.ts";
import { systemContext } from "#server/core/context.ts";
import { parseKeyring } from "#server/core/encryption.ts";
import { log } from "#server/core/log.ts";
import { roleSource } from "#server/environments/queries/role-source.ts";
import { examineAll } from "./doctor/examine-all.ts";
import { isHealthy, printed } from "./doctor/report.ts";
import { runCommand } from "./process/run-command.ts";
import { awsEnvironment } from "./start/environments.ts";
import { withRunningDb } from "./start/running.ts";
import { knownSecret } from "./start/secrets.ts";
import { readSettings } from "./start/settings.ts";

const usage = `Usage: npm run doctor -- --environment NAME [--json]
Checks by reads alone whether the portal can work in the accounts of an environment: safe as a first contact.
Looks at every target. Exits with 1 when something is denied or failed, or when there is no target.`;

async function main(): Promise<void> {
  log.level = "silent";
  const { values } = parseArgs({
    options: { environment: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const { environment } = values;
  if (!environment) throw new Error(usage);
  const settings = readSettings();
  const keys = knownSecret(settings, "ENCRYPTION_KEYS");
  // The mode decides where the SDK calls and with which credentials, as it does for the portal itself.
  for (const [name, value] of Object.entries(awsEnvironment(settings))) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const keyring = () => (keys ? parseKeyring(keys) : []);
  const examination = await withRunningDb(settings, (db) => {
    const source = createClientSource(
      {},
      roleSource(() => db, keyring),
    );
    const ctx = { ...systemContext(db, { kind: "system", id: "doctor" }), ports: awsPorts(source) };
    return examineAll(ctx, environment);
  });
  console.log(values.json ? JSON.stringify(examination, null, 2) : printed(examination).join("\n"));
  if (!isHealthy(examination)) process.exitCode = 1;
}

await runCommand(main, usage);
