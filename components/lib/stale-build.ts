const signs = [
  /loading (css )?chunk \S+ failed/i,
  /failed to load chunk/i,
  /failed to fetch dynamically imported module/i,
  /error loading dynamically imported module/i,
  /importing a module script failed/i,
];

/**
 * Whether a part of the page could not be loaded, as happens when the portal was upgraded since the page was opened:
 * the parts of the build before are gone. Each bundler and browser has words of its own for it.
 */
export function isStaleBuild(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "ChunkLoadError" || signs.some((sign) => sign.test(error.message));
}

const listeners = new Set<() => void>();
let isStale = false;

/** Whether this page is known to be older than the portal. It never becomes young again: it has to be reloaded. */
export const staleBuildStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: () => isStale,
};

export function noteStaleBuild(): void {
  if (isStale) return;
  isStale = true;
  for (const listener of listeners) listener();
}

const betweenMs = 60_000;

/**
 * Looks whether the portal still has the scripts that this page was made of, when somebody comes back to it: a page
 * that was open since yesterday learns of an upgrade before a click fails. Returns a stop function.
 */
export function watchBuild(): () => void {
  let lookedAt = -Infinity;
  const look = async () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < betweenMs) return;
    lookedAt = Date.now();
    const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src*="/_next/static/"]')];
    const answers = await Promise.all(scripts.map(({ src }) => isGone(src)));
    if (answers.some(Boolean)) noteStaleBuild();
  };
  const lookNow = () => void look();
  document.addEventListener("visibilitychange", lookNow);
  return () => document.removeEventListener("visibilitychange", lookNow);
}

function isGone(src: string): Promise<boolean> {
  return fetch(src, { method: "HEAD", cache: "no-store" }).then(
    ({ status }) => status === 404,
    () => false,
  );
}
