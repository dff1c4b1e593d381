import { Agent } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { chooseAction, chooseGroup, candidates } from "./routing.ts";
import { answerItself, forward } from "./proxy.ts";
import type { Outcome } from "./proxy.ts";
import type { Pool } from "./pool.ts";
import { rulesOf } from "./state.ts";
import type { ElbState, ListenerRecord } from "./state.ts";

export type Observed = { loadBalancerArn: string; targetGroupArn?: string; outcome: Outcome };

type Parts = { state: ElbState; pool: Pool; observe: (observed: Observed) => void; random: () => number };

const DEFAULT_IDLE_SECONDS = "60";

/** Handles the requests of all listeners: rule by priority, group by weight, target round robin. */
export function createTraffic({ state, pool, observe, random }: Parts) {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 32 });
  const turns = new Map<string, number>();

  function nextTarget(groupArn: string) {
    const targets = candidates(pool.members(groupArn));
    const turn = turns.get(groupArn) ?? 0;
    turns.set(groupArn, turn + 1);
    return targets[turn % targets.length];
  }

  function handle(listener: ListenerRecord, request: IncomingMessage, response: ServerResponse): void {
    const { loadBalancerArn } = listener;
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const action = chooseAction(rulesOf(state, listener.arn), request.headers.host ?? "", path);
    if (action?.type === "fixed-response") {
      response.writeHead(Number(action.status), { server: "awselb/2.0", "content-type": action.contentType });
      return void response.end(action.body);
    }
    const targetGroupArn = action && chooseGroup(action.targetGroups, random());
    const target = targetGroupArn === undefined ? undefined : nextTarget(targetGroupArn);
    if (targetGroupArn === undefined || !target) {
      answerItself(response, 503);
      return observe({ loadBalancerArn, outcome: { kind: "balancer", status: 503 } });
    }
    const idleSeconds = state.loadBalancers[loadBalancerArn]?.attributes["idle_timeout.timeout_seconds"];
    forward({
      request,
      response,
      target,
      agent,
      listenerPort: listener.port,
      // Not scaled: how long real processes take to answer does not shrink with AWS time.
      idleMs: Number(idleSeconds ?? DEFAULT_IDLE_SECONDS) * 1000,
      done: (outcome) => observe({ loadBalancerArn, targetGroupArn, outcome }),
    });
  }

  return { handle, close: () => agent.destroy() };
}
