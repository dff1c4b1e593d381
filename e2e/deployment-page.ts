import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import { endsWithinMs } from "./deployments.ts";

/** Reads a deployment's page as a person does. Nothing here reloads: what it waits for must come by itself. */
export function deploymentPage(page: Page) {
  const steps = page.getByRole("navigation", { name: "Steps" });
  return {
    steps,
    cause: page.getByRole("region", { name: "Cause" }),
    tasks: page.getByRole("region", { name: "Tasks" }),
    step: (name: string): Locator => steps.getByRole("button", { name: new RegExp(`^${name}`) }),
    /** Waits until steps have ended one after the other. */
    async sees(status: "done" | "failed", ...names: string[]) {
      for (const name of names) {
        await expect(steps.getByRole("button", { name: new RegExp(`^${name} ${status}`) })).toBeVisible({
          timeout: endsWithinMs,
        });
      }
    },
    /** Waits for the word beside the versions: "succeeded", "rolled back". */
    async ends(word: string) {
      // First: a step may have ended in the same word.
      await expect(page.getByRole("main").getByText(word, { exact: true }).first()).toBeVisible({
        timeout: endsWithinMs,
      });
    },
  };
}

/** Chooses a release by its version in the dialog that deploys one. */
export async function chooseRelease(dialog: Locator, version: string): Promise<void> {
  const release = dialog.getByLabel("Release");
  await release.selectOption({ label: await release.getByRole("option", { name: version }).first().innerText() });
}

/** Marks the page, so that `isSamePage` can tell that nobody reloaded it since. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.set(globalThis, "isMarkedByTest", true));
}

export async function isSamePage(page: Page): Promise<boolean> {
  return page.evaluate(() => Reflect.get(globalThis, "isMarkedByTest") === true);
}

/** The deployment that a page shows. */
export function shownDeployment(page: Page): string {
  const id = /\/deployments\/(dep_[^/?#]+)/.exec(page.url())?.[1];
  if (!id) throw new Error(`${page.url()} shows no deployment`);
  return id;
}
