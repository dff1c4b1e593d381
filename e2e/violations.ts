import type { BrowserContext, Page } from "@playwright/test";

/** What went wrong in the pages of a test that nobody may see: policy violations, console errors, uncaught errors. */
export type Violations = {
  /** Watches a page of a context that the test made itself. */
  watch(context: BrowserContext): Promise<void>;
  /** The test provokes errors that match: a request that is refused, a server that is killed. */
  allow(pattern: RegExp): void;
  found(): string[];
};

export function collectViolations(): Violations {
  const all: string[] = [];
  const allowed: RegExp[] = [];
  const listen = (page: Page) => {
    page.on("pageerror", (error) => all.push(`${page.url()}: uncaught ${error.stack ?? error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      all.push(`${page.url()}: console error ${message.text()} (${message.location().url})`);
    });
  };
  return {
    async watch(context) {
      await context.exposeBinding("reportPolicyViolation", ({ page }, what: string) => {
        all.push(`${page.url()}: policy violation ${what}`);
      });
      await context.addInitScript(() => {
        const report = Reflect.get(globalThis, "reportPolicyViolation") as (what: string) => void;
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
          report(`${violatedDirective} ${blockedURI} ${sample}`),
        );
      });
      context.pages().forEach(listen);
      context.on("page", listen);
    },
    allow: (pattern) => void allowed.push(pattern),
    found: () => all.filter((one) => !allowed.some((pattern) => pattern.test(one))),
  };
}
