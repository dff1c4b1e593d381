import { Agent, request } from "node:http";
import type { CheckResult } from "./health.ts";
import { parseMatcher } from "./health.ts";

/** Health checks of all groups share one agent: a new connection for each would cost more than the check. */
const agent = new Agent({ keepAlive: true, maxFreeSockets: 4, scheduling: "lifo" });

export type Check = { host: string; port: number; path: string; timeoutMs: number; matcher: string };

/** One health check. Resolves always; a connection that the target closed while idle is tried once more. */
export function checkTarget(check: Check): Promise<CheckResult> {
  return attempt(check, true);
}

function attempt(check: Check, mayRetry: boolean): Promise<CheckResult> {
  const { host, port, path, timeoutMs, matcher } = check;
  return new Promise((resolve) => {
    const sent = request({ agent, host, port, path, headers: { "user-agent": "ELB-HealthChecker/2.0" } });
    let isLate = false;
    // A deadline, not an idle timeout: a target that drips bytes is no healthier.
    const deadline = setTimeout(() => {
      isLate = true;
      resolve({ kind: "timeout" });
      sent.destroy();
    }, timeoutMs);
    deadline.unref();
    sent.on("response", (response) => {
      clearTimeout(deadline);
      response.resume();
      const code = response.statusCode ?? 0;
      resolve(parseMatcher(matcher)?.(code) ? { kind: "passed" } : { kind: "mismatch", code });
    });
    sent.on("error", () => {
      clearTimeout(deadline);
      // Ending a late check is an error of its request as well, and no reason to ask again.
      if (isLate) return;
      resolve(sent.reusedSocket && mayRetry ? attempt(check, false) : { kind: "failed" });
    });
    sent.end();
  });
}

/** Ends idle connections, so that nothing of them outlives the load balancers. */
export function closeChecks(): void {
  agent.destroy();
}
