import { npm } from "../bootstrap/packages.mjs";

// Packages with binaries per platform are often published incompletely, and then nobody else can install.
try {
  await npm("ci", "--dry-run", "--ignore-scripts", "--include=dev");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
