import { request as send } from "node:http";
import type { Agent, IncomingMessage, ServerResponse } from "node:http";
import { endToEnd, forwardedHeaders } from "./headers.ts";
import type { Member } from "./pool.ts";

export type Outcome =
  | { kind: "target"; status: number; seconds: number }
  /** The load balancer's own answer. */
  | { kind: "balancer"; status: 502 | 503 | 504 }
  /** The client went away first (ALB logs 460). */
  | { kind: "abandoned" };

type Forward = {
  request: IncomingMessage;
  response: ServerResponse;
  target: Member;
  listenerPort: number;
  /** Real milliseconds without a byte from the target. */
  idleMs: number;
  agent: Agent;
  done: (outcome: Outcome) => void;
};

const REASONS = { 502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out" } as const;

/** Answers for the load balancer itself, with the page that an ALB shows. */
export function answerItself(response: ServerResponse, status: keyof typeof REASONS): void {
  if (response.headersSent) return void response.destroy();
  const title = `${status} ${REASONS[status]}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  // Named, because a message that was refused stays with the response.
  response.writeHead(status, REASONS[status], {
    server: "awselb/2.0",
    "content-type": "text/html",
    "content-length": body.length,
  });
  response.end(body);
}

/** Streams one request to a target and its answer back. `done` fires once, when the outcome is known. */
export function forward(options: Forward): void {
  attempt(options, true);
}

function attempt(options: Forward, mayRetry: boolean): void {
  const { request, response, target, idleMs, agent } = options;
  const startedAt = performance.now();
  const hasBody = request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] !== undefined;
  const upstream = send({
    agent,
    host: target.host,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: forwardedHeaders(request, options.listenerPort),
    timeout: idleMs,
  });
  let settled = false;
  const settle = (outcome: Outcome) => {
    if (settled) return;
    settled = true;
    response.off("close", abandon);
    if (outcome.kind === "balancer") answerItself(response, outcome.status);
    options.done(outcome);
  };
  const abandon = () => {
    upstream.destroy();
    settle({ kind: "abandoned" });
  };
  response.on("close", abandon);
  upstream.on("timeout", () => {
    settle({ kind: "balancer", status: 504 });
    upstream.destroy();
  });
  upstream.on("error", () => {
    if (settled) return;
    // The target closed an idle connection just as it was used again: not a failure of the target.
    if (upstream.reusedSocket && mayRetry && !hasBody) {
      settled = true;
      response.off("close", abandon);
      return attempt(options, false);
    }
    settle({ kind: "balancer", status: 502 });
  });
  upstream.on("response", (answer) => {
    settle({ kind: "target", status: answer.statusCode ?? 502, seconds: (performance.now() - startedAt) / 1000 });
    relay(answer, response);
  });
  if (hasBody) request.pipe(upstream);
  else upstream.end();
}

/** Once the head is through, a broken target can only be told by breaking the connection. */
function relay(answer: IncomingMessage, response: ServerResponse): void {
  try {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? "", endToEnd(answer));
  } catch {
    answer.destroy();
    return answerItself(response, 502);
  }
  answer.pipe(response);
  answer.on("error", () => response.destroy());
  answer.on("aborted", () => response.destroy());
  response.on("close", () => answer.destroy());
}
