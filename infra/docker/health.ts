import { readHealthNote } from "./health-file.ts";

/** Older notes are of a process that no longer turns: it writes one every five seconds. */
const FRESH_MS = 30_000;

/** The image's health check: exit code 0 when what the container was told to be is well, else 1 with one line. */
async function complaint(): Promise<string | undefined> {
  const note = readHealthNote();
  const age = Date.now() - note.at;
  if (age > FRESH_MS) return `the process has not turned for ${Math.round(age / 1000)} s`;
  if (note.health !== "http" || !note.url) return undefined;
  const answer = await fetch(note.url, { signal: AbortSignal.timeout(4_000) });
  return answer.status === 200 ? undefined : `${note.url} answers ${answer.status}`;
}

const found = await complaint().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
if (found !== undefined) {
  console.error(found);
  process.exitCode = 1;
}
