/**
 * Where to go after a sign-in: the path of the first candidate that lies on this origin, else the overview. An
 * address elsewhere would let a link to our sign-in page lead to a copy of it.
 */
export function returnTo(candidates: readonly (string | undefined)[], ownUrl: string): string {
  const own = new URL(ownUrl);
  for (const candidate of candidates) {
    if (!candidate || !URL.canParse(candidate, own)) continue;
    const url = new URL(candidate, own);
    const isOwn = url.origin === own.origin && !/^\/(sign-in|api)(\/|$)/.test(url.pathname);
    // A path of two slashes would name a host once it stands alone.
    if (isOwn && !url.pathname.startsWith("//")) return url.pathname + url.search + url.hash;
  }
  return "/";
}
