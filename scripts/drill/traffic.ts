/** Asks a load balancer again and again, as shoppers do. */
export function startTraffic(url: string) {
  let isOver = false;
  let answered = 0;
  const failures: string[] = [];
  const loop = (async () => {
    while (!isOver) {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
        await response.arrayBuffer();
        if (response.status < 500) answered += 1;
        else failures.push(`status ${response.status}`);
      } catch (error) {
        failures.push(String(error instanceof Error ? (error.cause ?? error) : error));
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await loop;
      return { answered, failures };
    },
  };
}
