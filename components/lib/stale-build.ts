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
