/** Progress that stays calm: one line per stage, with the time that it took. Plain JavaScript for Node 20. */

const LATE_MS = 3_000;

/** @param {number} startedAt of `performance.now()` */
function elapsed(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * Runs one stage. A terminal shows it while it runs; a log gets a line before the end only when it takes long.
 * @template T
 * @param {string} title what is being done, like "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stage(title, work) {
  const startedAt = performance.now();
  const announce = () => process.stdout.write(process.stdout.isTTY ? `  ${title}…` : `  ${title}…\n`);
  const late = process.stdout.isTTY ? undefined : setTimeout(announce, LATE_MS);
  if (!late) announce();
  const finish = (/** @type {string} */ mark) => {
    clearTimeout(late);
    process.stdout.write(`${process.stdout.isTTY ? "\r\u001b[2K" : ""}${mark} ${title} (${elapsed(startedAt)})\n`);
  };
  try {
    const result = await work();
    finish("✓");
    return result;
  } catch (error) {
    finish("✗");
    throw error;
  }
}
