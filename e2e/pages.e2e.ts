import { readdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { paths } from "#components/lib/paths.ts";
import { ROOT } from "../scripts/start/settings.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";

test.describe.configure({ timeout: 600_000 });

const service = "qkart-backend";
const environment = "production";

/** Every page of the console by its folder in app/, with an address and the heading that says that it is there. */
const pages: Record<string, { href: string; heading: string | RegExp }> = {
  "": { href: paths.overview(), heading: "Overview" },
  services: { href: paths.services(), heading: "Services" },
  "services/[service]": { href: paths.service({ service, environment }), heading: service },
  "services/[service]/deployments": { href: paths.serviceDeployments({ service, environment }), heading: service },
  "services/[service]/releases": { href: paths.serviceReleases({ service, environment }), heading: service },
  "services/[service]/variables": { href: paths.serviceVariables({ service, environment }), heading: service },
  deployments: { href: paths.deployments(), heading: "Deployments" },
  "deployments/[deployment]": { href: "", heading: /qkart-/ },
  changes: { href: paths.changes(), heading: "Changes" },
  audit: { href: paths.audit(), heading: "Audit" },
  environments: { href: paths.environments(), heading: "Environments" },
  "environments/[environment]": { href: paths.environment({ environment }), heading: /production/i },
  "environments/[environment]/accounts": { href: paths.environmentAccounts({ environment }), heading: "AWS accounts" },
  "environments/[environment]/import": { href: paths.environmentImport({ environment }), heading: "Import from AWS" },
  settings: { href: paths.settings(), heading: "Settings" },
  "settings/people": { href: paths.settingsPeople(), heading: "Settings" },
  "settings/teams": { href: paths.settingsTeams(), heading: "Settings" },
  "settings/elevations": { href: paths.settingsElevations(), heading: "Settings" },
  "settings/sessions": { href: paths.settingsSessions(), heading: "Settings" },
  "settings/aws": { href: paths.settingsAws(), heading: "Settings" },
  "settings/tokens": { href: paths.settingsTokens(), heading: "Settings" },
};

async function openPage(page: Page, { href, heading }: { href: string; heading: string | RegExp }): Promise<void> {
  await visit(page, href);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await settled(page);
}

/** Waits until nothing is a placeholder any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^Loading/ })).toHaveCount(0);
}

/** `g` and the key of an area, sent without a pause: the letter has a second and a half to come. */
async function goTo(page: Page, area: string): Promise<void> {
  await Promise.all([page.keyboard.press("g"), page.keyboard.press(area)]);
}

test("the list of pages here is complete", () => {
  const folder = path.join(ROOT, "app", "(console)");
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => path.dirname(file).replace(/^\.$/, ""));
  expect(Object.keys(pages).toSorted()).toEqual(found.toSorted());
});

test.describe("every page", () => {
  test.beforeAll(async ({ api }) => {
    const { items } = await api.deployments.list({ limit: 1 });
    const deployment =
      items[0]?.id ?? (await api.deployments.create({ service, environment: "development", version: "1.1.0" })).id;
    const entry = pages["deployments/[deployment]"];
    if (entry) entry.href = paths.deployment({ deployment });
  });

  // One visit each: what changes with light, dark and width is style alone.
  test("is accessible in light and dark, and fits a phone 360 pixels wide", async ({ page }) => {
    const desk = page.viewportSize() ?? { width: 1280, height: 720 };
    await signIn(page, "admin");
    for (const [name, each] of Object.entries(pages)) {
      await test.step(name || "overview", async () => {
        await page.setViewportSize(desk);
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await openPage(page, each);
        await axe(page);
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        await axe(page);
        await page.setViewportSize({ width: 360, height: 740 });
        const widest = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(widest, `width of ${each.href}`).toBeLessThanOrEqual(360);
        await axe(page);
      });
    }
  });
});

test("the keyboard is enough: palette, areas, rows, list of keys", async ({ page }) => {
  await signIn(page, "release");
  await openPage(page, { href: paths.overview(), heading: "Overview" });
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and act" });
  const search = palette.getByRole("combobox");
  await expect(search).toBeFocused();
  await axe(page);
  await search.fill("backend production");
  await expect(palette.getByRole("option", { name: /^qkart-backend production/ })).toBeVisible();
  await palette.getByRole("option", { name: /^qkart-backend production/ }).hover();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/services\/qkart-backend\?environment=production$/);
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+k");
  await search.fill("deploy qkart-storefront to staging");
  await expect(palette.getByRole("option", { name: "Deploy qkart-storefront to staging" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Deploy qkart-storefront to staging" });
  await expect(dialog.getByRole("button", { name: /^Deploy .* to staging$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await goTo(page, "s");
  await expect(page.getByRole("heading", { level: 1, name: "Services" })).toBeVisible();
  await settled(page);
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "qkart-backend", exact: true })).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "qkart-storefront", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "qkart-storefront" })).toBeVisible();

  await goTo(page, "d");
  await expect(page.getByRole("heading", { level: 1, name: "Deployments" })).toBeVisible();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys.getByText("Next row")).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
});

test("who may not deploy is told why, on the button", async ({ page }) => {
  await signIn(page, "viewer");
  await openPage(page, { href: paths.service({ service, environment, act: "deploy" }), heading: service });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  for (const name of ["Deploy…", "Roll back…"]) {
    const button = page.getByRole("main").getByRole("button", { name }).first();
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(/needs the role/i);
    await button.click({ force: true });
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.getByRole("main").getByRole("button", { name: "Deploy…" }).first().focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tooltip")).toContainText(/needs the role/i);
});

test("an empty list says what would be in it", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/deployments?environment=staging&status=cancelled");
  await expect(page.getByRole("heading", { name: "No deployment matches" })).toBeVisible();
  await axe(page);
  await page.goto("/settings/tokens");
  await expect(page.getByRole("heading", { name: "No API tokens yet" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create token" })).toBeVisible();
  await axe(page);
});

test("what does not exist is told inside the frame, with a way on", async ({ page, violations }) => {
  violations.allow(/status of 404/);
  await signIn(page, "viewer");
  for (const href of [
    "/services/no-such-service",
    "/services/no-such-service/releases",
    "/deployments/dep_00000000-0000-7000-8000-000000000000",
    "/environments/nowhere",
    "/no/such/page",
  ]) {
    await test.step(href, async () => {
      expect((await page.goto(href))?.status()).toBe(404);
      await expect(page.getByRole("link", { name: "Go to the overview" })).toBeVisible();
      await axe(page);
    });
  }
});

test("a page from before an upgrade says so, and a reload keeps what was typed", async ({ page, violations }) => {
  violations.allow(/status of 404|chunk/i);
  await signIn(page, "release");
  await visit(page, paths.service({ service, environment: "development", act: "deploy" }));
  const dialog = page.getByRole("dialog", { name: /^Deploy / });
  const reason = dialog.getByLabel("Reason");
  await reason.fill("Typed before the upgrade");

  // The parts of the build before are gone.
  await page.route("**/_next/static/chunks/**", (route) => route.fulfill({ status: 404, body: "" }));
  // Somebody comes back to the tab the next day.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const note = page.getByText("A new version of Quarterdeck is there.");
  await expect(note).toBeVisible();
  await expect(reason).toHaveValue("Typed before the upgrade");
  await page.unroute("**/_next/static/chunks/**");
  await note.getByRole("button", { name: "Reload" }).click();
  await expect(note).toBeHidden();
  await expect(reason).toHaveValue("Typed before the upgrade");
});

test("a session that ended elsewhere is told, and nothing is done in its name", async ({
  page,
  context,
  api,
  violations,
}) => {
  violations.allow(/status of 401/);
  await signIn(page, "release");
  await openPage(page, { href: paths.service({ service, environment: "development" }), heading: service });
  await page.getByRole("button", { name: "Deploy…" }).click();
  const confirm = page.getByRole("button", { name: /^Deploy .* to development$/ });
  await expect(confirm).toBeVisible();
  const reason = page.getByRole("dialog").getByLabel("Reason");
  await reason.fill("Typed before the session ended");

  const other = await context.newPage();
  await other.goto(paths.overview());
  const menu = other.getByRole("button", { name: /^Signed in as/ });
  // The tabs of a browser share one stream of events, so that this one opens none: React's mark tells.
  await expect
    .poll(() => menu.evaluate((button) => Object.keys(button).some((key) => key.startsWith("__react"))))
    .toBe(true);
  await menu.click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await confirm.click();
  await expect(page.getByRole("alert").filter({ hasText: /sign in/i })).toBeVisible();
  await expect(reason).toHaveValue("Typed before the session ended");
  const { items } = await api.deployments.list({ service, environment: "development", status: "active" });
  expect(items).toEqual([]);
});
