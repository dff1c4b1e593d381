import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { policyFiles } from "#server/aws/policies.ts";
import { ROOT } from "./start/settings.ts";

/** Writes docs/aws from the list of what the portal does in an account. */
const folder = path.join(ROOT, "docs/aws");
mkdirSync(folder, { recursive: true });
for (const [name, policy] of Object.entries(policyFiles())) {
  writeFileSync(path.join(folder, name), `${JSON.stringify(policy, null, 2)}\n`);
}
console.log(`Wrote ${Object.keys(policyFiles()).length} policies to docs/aws.`);
