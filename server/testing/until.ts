/**
 * Reads until `done` says so and answers what was read; fails with the last reading after `withinMs`. The limit is for
 * what hangs: a machine that has other work takes many times as long as usual. Two such waits fit into a test.
 */
export async function until<Value>(
  read: () => Promise<Value>,
  done: (value: Value) => boolean,
  { withinMs = 50_000, everyMs = 100 }: { withinMs?: number; everyMs?: number } = {},
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms. Last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
