import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import type { Browser, Page } from "@playwright/test";
import type { ApiClient } from "#components/lib/api-client.ts";
import { mintToken, tokenClient } from "./api.ts";
import { startSession } from "./people.ts";
import type { Who } from "./people.ts";
import { portalUrl } from "./product.ts";
import { collectViolations } from "./violations.ts";
import type { Violations } from "./violations.ts";

type TestFixtures = {
  /** Fails the test for anything that a page must not do; always on. */
  violations: Violations;
  /** A page of a browser of its own, signed in. Closed after the test. */
  open: (who: Who) => Promise<Page>;
};
type WorkerFixtures = { api: ApiClient; token: string };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  /** An admin's API token. */
  token: [async ({}, use) => use(await mintToken("admin")), { scope: "worker" }],
  /** The API with that token. */
  api: [async ({ token }, use) => use(tokenClient(token)), { scope: "worker" }],

  violations: [
    async ({ context }, use) => {
      const violations = collectViolations();
      await violations.watch(context);
      await use(violations);
      expect(violations.found()).toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ browser, violations }, use) => {
    const opened: Awaited<ReturnType<Browser["newContext"]>>[] = [];
    await use(async (who) => {
      const context = await browser.newContext({ baseURL: portalUrl() });
      opened.push(context);
      await violations.watch(context);
      const page = await context.newPage();
      await signIn(page, who);
      return page;
    });
    for (const context of opened) await context.close();
  },
});

export { expect };

/** Signs the page's browser in without the form, which `main-job.e2e.ts` tests. */
export function signIn(page: Page, who: Who): Promise<void> {
  return startSession(page.request, who);
}

/** Opens a page in a browser's only tab and waits until the browser has taken it over: a press before that goes nowhere. */
export async function visit(page: Page, href: string): Promise<void> {
  const isLive = page.waitForRequest("**/api/events");
  await page.goto(href);
  await isLive;
}

/** Checks the page as it is now against WCAG 2.2 A and AA; of a page under a dialog, the dialog. */
export async function axe(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const builder = new AxeBuilder({ page }).withTags(tags);
  // What lies under it is dimmed and hidden from assistive technology.
  if (await page.getByRole("dialog").isVisible()) builder.include("[role=dialog]");
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    at: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
