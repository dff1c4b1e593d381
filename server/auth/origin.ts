import { publicUrl } from "../core/config.ts";
import { AppError } from "../core/errors.ts";

const readOnly = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether an Origin header names the portal: its public address, or the host that the request was sent to. */
function isOwnOrigin(origin: string, request: Request, ownUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin === new URL(ownUrl).origin) return true;
  return /^https?:$/.test(url.protocol) && url.host === request.headers.get("host")?.toLowerCase();
}

function isSameOrigin(request: Request, ownUrl: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = request.headers.get("origin");
  // Browsers send Origin with every write; one that sends neither header is not a browser of the last years.
  return origin === null ? site !== null : isOwnOrigin(origin, request, ownUrl);
}

/**
 * Refuses a write that another site could have made a browser send. Requests with a bearer token pass, because no
 * browser adds one by itself.
 */
export function assertSameOrigin(request: Request, ownUrl = publicUrl()): void {
  if (readOnly.has(request.method) || hasBearer(request) || isSameOrigin(request, ownUrl)) return;
  throw new AppError(
    "forbidden",
    "This write did not come from the portal's own pages. Scripts send an API token instead.",
    {
      reason: "cross_origin",
    },
  );
}

/** Whether the request authenticates by token; its cookies then count for nothing. */
export function hasBearer(request: Pick<Request, "headers">): boolean {
  return /^bearer\s/i.test(request.headers.get("authorization") ?? "");
}
