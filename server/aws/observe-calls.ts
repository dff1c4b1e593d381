import { traced } from "../core/trace.ts";
import { countAwsCall, type AwsOutcome } from "../core/work-metrics.ts";
import { toFailure } from "./failure.ts";
import { countUsage } from "./usage.ts";

// As much as is used of the SDK's middleware, whose own types name the inputs of one client each.
type Args = { input: object; request: unknown };
type Next = (args: Args) => Promise<{ output: object }>;
type Names = { clientName?: string; commandName?: string };
type Middleware = (next: Next, names: Names) => Next;
type Stack = { add(middleware: Middleware, options: { step: "deserialize"; name: string; priority: "high" }): void };
type Observed = { middlewareStack: { add: unknown } };

/** GetMetricData is billed by the metrics that it asks for, everything else here by the call or not at all. */
function unitsOf(operation: string, input: object): number {
  const { MetricDataQueries } = input as { MetricDataQueries?: { MetricStat?: unknown }[] };
  return operation === "GetMetricData" ? (MetricDataQueries ?? []).filter((one) => one.MetricStat).length : 0;
}

function attemptOf(request: unknown): number {
  const { headers } = request as { headers?: Record<string, string> };
  return Number(/attempt=(\d+)/.exec(headers?.["amz-sdk-request"] ?? "")?.[1] ?? 1);
}

/** Whom clients act for. The account is undefined until AWS said it; clients of one role share the object. */
export type Acting = { accountId: string | undefined };

const unknownAccount = "unknown";

function middleware(region: string, acting: Acting): Middleware {
  return (next, names) => (args) => {
    const service = (names.clientName ?? "").replace(/Client$/, "");
    const operation = (names.commandName ?? "").replace(/Command$/, "");
    const attempt = attemptOf(args.request);
    const attributes = {
      "rpc.system": "aws-api",
      "rpc.service": service,
      "rpc.method": operation,
      "aws.region": region,
    };
    return traced(
      { name: `${service}.${operation}`, kind: "client", attributes: { ...attributes, "aws.attempt": attempt } },
      async (span) => {
        const startedAt = performance.now();
        let outcome: AwsOutcome = "failed";
        try {
          const answer = await next(args);
          outcome = "done";
          if (operation === "GetCallerIdentity")
            acting.accountId = (answer.output as { Account?: string }).Account ?? acting.accountId;
          return answer;
        } catch (error) {
          if (toFailure(error, { operation, resource: service }).kind === "throttled") outcome = "throttled";
          throw error;
        } finally {
          span.setAttribute("aws.throttled", outcome === "throttled");
          countAwsCall({ service, operation, outcome, durationMs: performance.now() - startedAt });
          countUsage({
            accountId: acting.accountId ?? unknownAccount,
            region,
            service,
            operation,
            outcome,
            units: unitsOf(operation, args.input),
          });
        }
      },
    );
  };
}

/**
 * Counts and traces every attempt of every call of these clients of one region. The account is learned from the first
 * GetCallerIdentity that passes, in whatever region that is; calls before it count as of an unknown one.
 */
export function observeCalls<Clients extends Record<string, Observed>>(
  clients: Clients,
  region: string,
  acting: Acting,
): Clients {
  for (const client of Object.values(clients)) {
    // Outside of the step that reads answers, so that errors have their names, and inside of that which repeats calls.
    (client.middlewareStack as unknown as Stack).add(middleware(region, acting), {
      step: "deserialize",
      name: "observeCalls",
      priority: "high",
    });
  }
  return clients;
}
