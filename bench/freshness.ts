import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "../scripts/test/browser.ts";
import { ms, percentile, printTable, verdict } from "./figures.ts";
import { benchProduct, pause, type BenchProduct } from "./product.ts";

const barMs = 1_000;
const scale = 20;
const changes = 30;
const place = { cluster: "qkart-development", service: "qkart-backend" };

async function openEnvironment({ product }: BenchProduct): Promise<{ page: Page; close(): Promise<void> }> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const page = await browser.newPage({ baseURL: product.url });
  const { csrfToken } = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { email: "viewer@qkart.example", password: product.password, csrfToken, callbackUrl: "/", json: "true" };
  await page.request.post("/api/auth/callback/local", { form });
  await page.goto("/environments/development");
  await page.getByRole("link", { name: place.service }).first().waitFor();
  return { page, close: () => browser.close() };
}

/** When the page first said this of the service, epoch milliseconds; watched where it is drawn. */
function shownAt(page: Page, text: RegExp): Promise<number> {
  return page.evaluate(
    ({ source, service }) =>
      new Promise<number>((resolve) => {
        const rows = () => [...document.querySelectorAll("tr")].filter((row) => row.textContent.includes(service));
        const isThere = () => rows().some((row) => new RegExp(source).test(row.textContent));
        const watch = new MutationObserver(() => {
          if (!isThere()) return;
          watch.disconnect();
          resolve(Date.now());
        });
        watch.observe(document.body, { childList: true, subtree: true, characterData: true });
        if (isThere()) resolve(Date.now());
      }),
    { source: text.source, service: place.service },
  );
}

/**
 * Somebody changes the desired count of a service in ECS; from the moment at which the worker's next look at ECS is
 * answered until a browser shows it. What the look waits for is the poll, and told beside it.
 */
export async function freshness(): Promise<void> {
  const on = await benchProduct(scale);
  const { page, close } = await openEnvironment(on);
  try {
    const [beyond, polls]: [number[], number[]] = [[], []];
    for (let index = 0; index < changes; index += 1) {
      const desiredCount = 1 + (index % 2);
      const changedAt = Date.now();
      const watched = shownAt(page, new RegExp(`\\d+ of ${3 - desiredCount}(?!\\d)`));
      // Told where it is waited for.
      watched.catch(() => undefined);
      await on.field.ecs.send(new UpdateServiceCommand({ ...place, desiredCount: 3 - desiredCount }));
      const answeredAt = Date.now();
      const at = await watched;
      const looks = await on.field.journal("DescribeServices", changedAt);
      const look = looks.find((call) => call.at >= answeredAt && JSON.stringify(call.input).includes(place.service));
      if (look) {
        beyond.push(at - look.at);
        polls.push(look.at - answeredAt);
      }
      await pause(500 + (index % 7) * 150);
    }
    const p95 = percentile(beyond, 0.95);
    printTable(`From a change in ECS until a browser shows it, AWS ${scale} times as fast`, [
      {
        changes: beyond.length,
        "the poll, median": ms(percentile(polls, 0.5)),
        "beyond it, median": ms(percentile(beyond, 0.5)),
        "beyond it, p95": ms(p95),
        [`under ${barMs} ms`]: verdict(p95 < barMs),
      },
    ]);
  } finally {
    await close();
    await on.close();
  }
}
