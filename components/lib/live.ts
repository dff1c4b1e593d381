import type { QueryClient } from "@tanstack/react-query";
import { hydration } from "./hydration.ts";
import { shareStream } from "./live-share.ts";
import { setLiveState } from "./live-state.ts";

/**
 * What changed, never the data itself. `topic` is a domain's name. A change was written by someone; facts are
 * figures of a running system that move every few seconds.
 */
export type LiveMessage = { event: "change" | "facts"; topic: string };

/** Queries of other domains that show something of a topic. Its own domain's are always included. */
const alsoShownIn: Record<string, readonly string[]> = {
  deployments: ["services", "variables", "releases", "environments", "changes", "audit"],
  locks: ["services", "environments", "deployments", "audit"],
  releases: ["services", "deployments", "changes", "audit"],
  services: ["environments", "deployments", "changes", "audit"],
  environments: ["services", "deployments", "changes", "audit"],
  variables: ["services", "changes", "audit"],
  // Who may what is part of every answer: a role that was raised or taken away changes what buttons allow.
  teams: ["users", "grants", "tokens", "elevations", "me", "services", "deployments", "changes", "audit"],
};

/** The domains whose queries a message makes stale. Moving figures are shown by their own domain and by services. */
export function domainsOf({ event, topic }: LiveMessage): string[] {
  const others = event === "facts" ? ["services"] : (alsoShownIn[topic] ?? ["audit"]);
  return [...new Set([topic, ...others])];
}

const gatherMs = 150;

/**
 * Keeps the queries of a tab current for as long as it is open: one stream of events, and each one makes the
 * queries of its domains stale. Bursts are gathered, so that ten events cause one refetch, and wait until the browser
 * has taken over what the server rendered. Returns a stop function.
 */
export function startLive(queryClient: QueryClient): () => void {
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let callOff = () => {};
  let isGap = false;
  const flush = () => {
    timer = undefined;
    if (isGap) void queryClient.invalidateQueries();
    isGap = false;
    for (const domain of stale) void queryClient.invalidateQueries({ queryKey: [[domain]] });
    stale.clear();
  };
  const flushSoon = () => void (timer ??= setTimeout(() => (callOff = hydration.after(flush)), gatherMs));
  const stop = shareStream({
    url: "/api/events",
    onMessage: (message) => {
      for (const domain of domainsOf(message)) stale.add(domain);
      flushSoon();
    },
    onGap: () => {
      isGap = true;
      flushSoon();
    },
    onState: setLiveState,
  });
  return () => {
    stop();
    clearTimeout(timer);
    callOff();
  };
}
