import path from "node:path";
import { checkNodeVersion } from "./bootstrap/node-version.mjs";

checkNodeVersion();
const { installPackages, ROOT } = await import("./bootstrap/packages.mjs");
const { launch } = await import("./bootstrap/launch.mjs");

try {
  await installPackages();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
launch(path.join(ROOT, "scripts", "test", "main.ts"));
