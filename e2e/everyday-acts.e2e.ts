import { ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";

const place = { service: "qkart-storefront", environment: "development" } as const;

test("a service is scaled from its page, one of its tasks stopped, and it is restarted", async ({ api, page }) => {
  await ensureRunning(api, place, "1.0.0");
  await untilQuiet(api, place);
  await signIn(page, "developer");
  await visit(page, "/services/qkart-storefront?environment=development");
  const tasks = page.getByRole("region", { name: "Tasks" });
  const running = tasks.getByRole("button", { name: /^Stop task / });
  await expect(running).toHaveCount(1);

  await page.getByRole("button", { name: "Scale…" }).click();
  const scaling = page.getByRole("dialog", { name: "Scale qkart-storefront in development" });
  await scaling.getByLabel("Tasks").fill("2");
  await scaling.getByText("The same without this portal").click();
  await expect(scaling.getByRole("region", { name: "command" })).toContainText("--desired-count 2");
  await axe(page);
  await scaling.getByRole("button", { name: "Scale to 2" }).click();
  await expect(scaling).toBeHidden();
  await expect(page.getByText("2 of 2 running")).toBeVisible({ timeout: 60_000 });
  await expect(running).toHaveCount(2, { timeout: 60_000 });

  const name = (await running.first().getAttribute("aria-label")) ?? "";
  await page.getByRole("button", { name }).click();
  const stopping = page.getByRole("dialog", { name: /^Stop task / });
  await stopping.getByLabel("Reason").fill("Stuck");
  await axe(page);
  await stopping.getByRole("button", { name: "Stop task" }).click();
  await expect(stopping).toBeHidden();
  await expect(tasks.getByText("Stopped by Devi Developer in Quarterdeck: Stuck").first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole("button", { name })).toHaveCount(0);
  await expect(running).toHaveCount(2, { timeout: 60_000 });

  await page.getByRole("button", { name: "Restart…" }).click();
  const restarting = page.getByRole("dialog", { name: "Restart qkart-storefront in development" });
  await axe(page);
  await restarting.getByRole("button", { name: "Restart" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  const deployment = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect(await untilEnded(api, deployment)).toMatchObject({
    kind: "restart",
    status: "succeeded",
    release: { version: "1.0.0" },
  });

  await visit(page, "/changes?service=qkart-storefront&environment=development");
  await expect(page.getByText("qkart-storefront restarted in development")).toBeVisible();
  await page.getByRole("button", { name: /^Undo….*scaled from 1 to 2/ }).click();
  await page.getByRole("button", { name: "Scale to 1" }).click();
  await expect(page.getByText("qkart-storefront scaled from 2 to 1 in development").first()).toBeVisible({
    timeout: 60_000,
  });
});
