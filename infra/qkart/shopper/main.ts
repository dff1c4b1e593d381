/**
 * The shopper simulator: bounded, steady traffic through the load balancers of SHOPPER_TARGETS, so that each
 * environment has requests to measure. Failing shops do not disturb it. Ends on SIGTERM, and with
 * QUARTERDECK_PARENT_PIPE=1 also when its standard input closes, that is with its parent.
 */
import { createCrowd } from "./crowd.ts";

/**
 * Steps of a visit per second and target. Each step reaches the backend once, half of them through the storefront:
 * at time scale 60, where a minute of AWS is one second, every minute still has six requests to judge by.
 */
const defaultRate = 6;

const targets = (process.env["SHOPPER_TARGETS"] ?? "")
  .split(",")
  .map((target) => target.trim())
  .filter(Boolean);
const rate = Number(process.env["SHOPPER_RATE"] ?? defaultRate);
const invalid = targets.find((target) => !URL.canParse(target));
if (targets.length === 0 || invalid !== undefined || !(rate > 0 && rate <= 100)) {
  console.error("shopper: SHOPPER_TARGETS must be comma-separated URLs, SHOPPER_RATE a number above 0 and at most 100");
  process.exit(1);
}

const crowds = targets.map((target) => createCrowd({ target, stepsPerSecond: rate }));
const report = setInterval(() => {
  const counts = crowds.map((crowd) => crowd.takeCounts());
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), level: "info", msg: "shoppers", targets: counts })}\n`,
  );
}, 60_000);

function stop(): void {
  clearInterval(report);
  crowds.forEach((crowd) => crowd.stop());
  process.exit(0);
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);
if (process.env["QUARTERDECK_PARENT_PIPE"] === "1") {
  process.stdin.once("close", stop).once("error", stop).resume();
}
