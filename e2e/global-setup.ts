import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startProduct, SUPERVISOR } from "../scripts/test/product.ts";

/** A minute of AWS passes in two seconds. */
const TIME_SCALE = "30";

/**
 * Before any browser test: the built product, with the demo, in a folder and on ports of its own. Tests find it in
 * E2E_URL, E2E_PASSWORD, E2E_LOCAL_AWS_URL, E2E_LOCAL_LB_PORT and E2E_DATA_DIR.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "quarterdeck-e2e-"));
  const product = await startProduct({ dataDir, command: SUPERVISOR, env: { LOCAL_AWS_TIME_SCALE: TIME_SCALE } });
  Object.assign(process.env, {
    E2E_URL: product.url,
    E2E_PASSWORD: product.password,
    E2E_LOCAL_AWS_URL: product.localAwsUrl,
    E2E_LOCAL_LB_PORT: product.ports.LOCAL_LB_PORT,
    E2E_DATA_DIR: dataDir,
  });
  return async () => {
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
