import type { Page } from "@playwright/test";
import { chooseRelease, deploymentPage, isSamePage, markPage, shownDeployment } from "./deployment-page.ts";
import { endsWithinMs, ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { expect, test, visit } from "./fixtures.ts";
import { ecsIsBack, ecsRefuses } from "./local-aws.ts";
import { people } from "./people.ts";
import { pidOf, portalUrl } from "./product.ts";

const place = { service: "qkart-storefront", environment: "staging" } as const;
const address = "/services/qkart-storefront?environment=staging";

/** What begins from here cannot end before `ecsIsBack`, however long the pages take. */
const holdUp = () => ecsRefuses("DescribeServiceDeployments");
test.afterEach(ecsIsBack);

test("two people see each other's deployment without reloading", async ({ api, open }) => {
  await ensureRunning(api, place, "1.0.0");
  await untilQuiet(api, place);
  const [watching, acting] = [await open("viewer"), await open("release")];
  await visit(watching, "/deployments?service=qkart-storefront&environment=staging");
  await expect(watching.getByRole("heading", { name: "Deployments", level: 1 })).toBeVisible();
  await markPage(watching);

  await holdUp();
  await pressDeploy(acting, "1.1.0");
  await expect(acting).toHaveURL(/\/deployments\/dep_/);
  const row = watching.getByRole("row").filter({ hasText: "1.1.0" }).first();
  await expect(row).toContainText(people.release.name);
  await expect(row).toContainText(/checking gates|rolling out|verifying|finishing/);
  await expect(watching.getByRole("link", { name: "1 deployment under way" })).toBeVisible();
  await ecsIsBack();
  await expect(row).toContainText("succeeded", { timeout: endsWithinMs });
  await deploymentPage(acting).ends("succeeded");
  expect(await isSamePage(watching)).toBe(true);
});

test("two people press Deploy at once: one wins, the other is told who", async ({ api, open, violations }) => {
  violations.allow(/status of 409/);
  await ensureRunning(api, place, "1.1.0");
  await untilQuiet(api, place);
  const pages = [await open("admin"), await open("release")] as const;
  for (const page of pages) {
    await fillDeploy(page, "1.0.0");
    await page.getByRole("dialog").getByLabel("Reason").fill("Both at once");
  }
  await holdUp();
  await Promise.all(pages.map((page) => confirmDeploy(page, "1.0.0").click()));

  const refusals = pages.map((page) => page.getByRole("dialog").getByRole("alert"));
  const outcome = async () =>
    Promise.all(
      pages.map(async (page, index) => {
        if (/\/deployments\/dep_/.test(page.url())) return "won";
        return (await refusals[index]?.isVisible()) ? "told" : "waits";
      }),
    );
  await expect.poll(async () => (await outcome()).toSorted()).toEqual(["told", "won"]);
  const won = (await outcome()).indexOf("won");
  const winner = won === 0 ? people.admin : people.release;
  await expect.poll(() => refusals[1 - won]?.textContent()).toContain(`1.0.0 is being deployed by ${winner.name}.`);
  // What was typed is still there.
  await expect(pages[won === 0 ? 1 : 0].getByRole("dialog").getByLabel("Reason")).toHaveValue("Both at once");

  const made = (await api.deployments.list({ ...place })).items.filter((one) => one.reason === "Both at once");
  expect(made.map(({ id }) => id)).toEqual([shownDeployment(pages[won] ?? pages[0])]);
  await ecsIsBack();
  for (const { id } of made) expect((await untilEnded(api, id)).status).toBe("succeeded");
});

test("live updates go on after the web server was killed, and nothing is missed", async ({ api, open, violations }) => {
  violations.allow(/ERR_|Failed to fetch|network error/i);
  await ensureRunning(api, place, "1.0.0");
  await untilQuiet(api, place);
  const page = await open("viewer");
  const connections: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/events") connections.push(request.headers()["last-event-id"]);
  });
  await visit(page, address);
  await expect(page.getByRole("main").getByText("healthy").first()).toBeVisible();
  await markPage(page);
  await holdUp();
  const { id } = await api.deployments.create({ ...place, version: "1.1.0", reason: "Kill the web server on the way" });
  await expect(page.getByRole("link", { name: /^1\.1\.0 (checking|rolling|verifying|finishing)/ })).toBeVisible();

  const killed = pidOf("web");
  if (killed === undefined) throw new Error("The web server does not run");
  process.kill(killed, "SIGKILL");
  // It goes on in the worker meanwhile.
  await ecsIsBack();
  await expect.poll(isReady).toBe(true);
  expect(pidOf("web")).not.toBe(killed);
  await untilEnded(api, id);
  await expect(page.getByRole("link", { name: "1 deployment under way" })).toBeHidden({ timeout: 60_000 });
  await expect(page.getByRole("main").getByText("1.1.0", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy…" })).toBeVisible();
  expect(await isSamePage(page)).toBe(true);
  expect(connections.length).toBeGreaterThan(1);
  // It came back with the number of the last event that it had seen, and was told what it missed.
  expect(connections.at(-1)).toMatch(/^\d+$/);
});

async function isReady(): Promise<boolean> {
  return fetch(`${portalUrl()}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

const confirmDeploy = (page: Page, version: string) =>
  page.getByRole("button", { name: `Deploy ${version} to staging` });

/** Opens the dialog and chooses a release, up to the last press. */
async function fillDeploy(page: Page, version: string): Promise<void> {
  await visit(page, address);
  await page.getByRole("button", { name: "Deploy…" }).click();
  await chooseRelease(page.getByRole("dialog"), version);
  await expect(confirmDeploy(page, version)).not.toHaveAttribute("aria-disabled");
}

async function pressDeploy(page: Page, version: string): Promise<void> {
  await fillDeploy(page, version);
  await confirmDeploy(page, version).click();
}
