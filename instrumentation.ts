/** Called by Next once in the process that serves, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("#server/api/start-web.ts")).startWeb();
}
