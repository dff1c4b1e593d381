import { axe, expect, signIn, test, visit } from "./fixtures.ts";
import { deploymentPage, isSamePage, markPage, shownDeployment } from "./deployment-page.ts";
import { endsWithinMs, ensureRunning, untilEnded, untilQuiet } from "./deployments.ts";
import { startTraffic, versionServed } from "./load-balancer.ts";
import { ecsAnswers, ecsIsBack, ecsRefuses } from "./local-aws.ts";
import { people } from "./people.ts";
import { demoPassword } from "./product.ts";

test.describe.configure({ mode: "serial" });

const service = "qkart-backend";
const staging = { service, environment: "staging" } as const;
const production = { service, environment: "production" } as const;

test.beforeAll(async ({ api }) => {
  test.setTimeout(240_000);
  await ensureRunning(api, staging, "1.0.0");
  await ensureRunning(api, production, "1.0.0");
  await Promise.all([untilQuiet(api, staging), untilQuiet(api, production)]);
});

test.afterEach(ecsIsBack);

test("a wrong password is told, the right one opens the page that was asked for", async ({ page, violations }) => {
  violations.allow(/status of 401/);
  await page.goto("/services");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await axe(page);
  await page.getByLabel("E-mail").fill(people.release.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "E-mail and password do not match" })).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue(people.release.email);

  await page.getByLabel("Password").fill(demoPassword());
  await page.getByLabel("Password").press("Enter");
  await expect(page.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: `Signed in as ${people.release.name}` }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
});

test("1.1.0 is deployed to staging from the service's page", async ({ page }) => {
  await signIn(page, "release");
  await visit(page, "/");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Services" }).click();
  // The overview names the service as well, and stays until the next page is there.
  await expect(page.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: service, exact: true }).click();
  await page.getByRole("group", { name: "Environment" }).getByRole("button", { name: "staging" }).click();
  await page.getByRole("button", { name: "Deploy…" }).click();

  const dialog = page.getByRole("dialog", { name: "Deploy qkart-backend to staging" });
  await dialog.getByRole("button", { name: "Deploy 1.1.0 to staging" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  const shown = deploymentPage(page);
  await shown.sees("done", "Gates", "Rollout", "Verify", "Finish");
  await shown.ends("succeeded");
  expect(await versionServed("staging")).toBe("1.1.0");
});

test("1.1.0 reaches production; every step is watched live, and no request fails", async ({ page }) => {
  await signIn(page, "release");
  await visit(page, "/services/qkart-backend?environment=production");
  await page.getByRole("button", { name: "Deploy…" }).click();
  const dialog = page.getByRole("dialog", { name: "Deploy qkart-backend to production" });
  await expect(dialog.getByLabel("Release")).toHaveText(/1\.1\.0/);
  await expect(dialog.getByText("1.0.0 runs there now.")).toBeVisible();
  await expect(dialog.getByRole("heading", { name: "What changes" })).toBeVisible();
  await expect(dialog.getByText(/gates pass now/)).toBeVisible();
  await axe(page);
  await dialog.getByLabel("Reason").fill("Product search for everybody");

  const traffic = startTraffic("production");
  // It cannot end before all that passes has been seen, however long the page takes.
  await ecsRefuses("DescribeServiceDeployments");
  await dialog.getByRole("button", { name: "Deploy 1.1.0 to production" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await markPage(page);
  const shown = deploymentPage(page);
  await expect(page.getByRole("link", { name: "1 deployment under way" })).toBeVisible();
  await shown.sees("done", "Gates");
  // New tasks beside old ones, while the rollout runs.
  await expect(shown.tasks.getByRole("listitem").filter({ hasText: "1.1.0" }).first()).toBeVisible({
    timeout: endsWithinMs,
  });
  await expect(shown.tasks.getByRole("listitem").filter({ hasText: "1.0.0" }).first()).toBeVisible();
  await expect(shown.tasks.getByText("new").first()).toBeVisible();
  await expect(shown.tasks.getByText("old").first()).toBeVisible();
  await ecsIsBack();
  await shown.sees("done", "Rollout", "Verify", "Finish");
  await shown.ends("succeeded");
  await expect(page.getByRole("link", { name: "1 deployment under way" })).toBeHidden();
  expect(await isSamePage(page)).toBe(true);
  await expect(page.getByText("Reason: Product search for everybody")).toBeVisible();
  await axe(page);

  const { versions, failures } = await traffic.stop();
  expect(failures).toEqual([]);
  expect([...versions.keys()].toSorted()).toEqual(["1.0.0", "1.1.0"]);
  expect(await versionServed("production")).toBe("1.1.0");
});

test("a version that crashes is undone by itself, with its cause, and no request fails", async ({ page, api }) => {
  await untilQuiet(api, production);
  await signIn(page, "release");
  await visit(page, "/services/qkart-backend/releases?environment=production");
  await page.getByRole("button", { name: "Deploy… 1.2.0-crash" }).click();
  const dialog = page.getByRole("dialog", { name: "Deploy qkart-backend to production" });
  await dialog.getByLabel("Reason").fill("Try the crash");

  const traffic = startTraffic("production");
  await dialog.getByRole("button", { name: "Deploy 1.2.0-crash to production" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await markPage(page);
  const shown = deploymentPage(page);
  await shown.ends("rolled back");
  await shown.sees("failed", "Rollout");
  await expect(shown.cause.getByRole("heading")).toHaveText(/exited with code 1 right after it started/);
  await expect(shown.cause.getByText(/The circuit breaker ended the rollout/)).toBeVisible();
  await expect(shown.cause.getByText(/Compare variables and secrets/)).toBeVisible();
  await expect(shown.cause.getByText("It was rolled back by itself. 1.1.0 serves production again.")).toBeVisible();
  await expect(shown.cause.getByRole("region", { name: "Last lines of the task that died" })).toContainText(
    "required setting PAYMENT_PROVIDER_URL is missing from the environment",
  );
  await expect(shown.tasks.getByRole("listitem").filter({ hasText: "1.2.0-crash" }).first()).toContainText(
    "exit code 1",
  );
  expect(await isSamePage(page)).toBe(true);
  await axe(page);

  const { versions, failures } = await traffic.stop();
  expect(failures).toEqual([]);
  expect([...versions.keys()]).toEqual(["1.1.0"]);
  const ended = await untilEnded(api, shownDeployment(page));
  expect(ended).toMatchObject({ status: "rolled_back", cause: { kind: "exit_code" } });
});

test("a rollback that AWS refuses says so, and production is rolled back to 1.0.0 with one click", async ({
  page,
  api,
}) => {
  await untilQuiet(api, production);
  await signIn(page, "release");
  await visit(page, "/services/qkart-backend?environment=production");
  await page.getByRole("button", { name: "Roll back…" }).click();
  const dialog = page.getByRole("dialog", { name: "Roll back qkart-backend in production" });
  await expect(dialog.getByLabel("Return to")).toHaveText(/1\.0\.0/);
  await expect(dialog.getByText(/^1\.1\.0 runs there now\./)).toBeVisible();
  await expect(dialog.getByRole("heading", { name: "What changes" })).toBeVisible();
  await expect(dialog.getByRole("heading", { name: "What will not be undone" })).toBeVisible();
  await axe(page);
  await ecsAnswers({ RegisterTaskDefinition: "denied", UpdateService: "denied" });
  await dialog.getByRole("button", { name: "Roll back to 1.0.0" }).click();

  const shown = deploymentPage(page);
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await shown.ends("failed");
  await expect(shown.cause.getByRole("heading")).toHaveText(/is not allowed to call ecs:/);
  await expect(shown.cause).toContainText("The running version was not touched.");
  await axe(page);
  await ecsIsBack();
  expect(await versionServed("production")).toBe("1.1.0");

  await visit(page, "/services/qkart-backend?environment=production&act=rollback");
  await dialog.getByRole("button", { name: "Roll back to 1.0.0" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await shown.ends("succeeded");
  await expect(page.getByText(/^Rollback by Rhea Release/)).toBeVisible();
  expect(await versionServed("production")).toBe("1.0.0");
});

test("the service's page shows the way out when the portal is down", async ({ page }) => {
  await signIn(page, "viewer");
  await page.goto("/services/qkart-backend?environment=production");
  const command = page.getByRole("region", { name: "command" });
  await expect(command).toContainText("aws ecs update-service");
  await expect(command).toContainText(
    "--cluster qkart-production --service qkart-backend --task-definition arn:aws:ecs:",
  );
  await expect(page.getByRole("region", { name: "Where it runs" })).toContainText("2 of 2 running");
});

test("changes and audit tell it all", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/changes?service=qkart-backend&environment=production");
  const rows = page.getByRole("main").getByRole("listitem");
  const told = [
    { title: "qkart-backend rolled back to 1.0.0 in production", outcome: "succeeded", by: people.release.name },
    // The rollback that AWS refused changed nothing: it is no change.
    {
      title: "qkart-backend 1.2.0-crash undone in production, back to 1.1.0, by itself",
      outcome: "rolled back",
      by: "Quarterdeck",
    },
    { title: "qkart-backend 1.2.0-crash deployed to production", outcome: "rolled back", by: people.release.name },
    { title: "qkart-backend 1.1.0 deployed to production", outcome: "succeeded", by: people.release.name },
  ];
  for (const [index, { title, outcome, by }] of told.entries()) {
    await expect(rows.nth(index).getByRole("link", { name: title, exact: true })).toBeVisible();
    await expect(rows.nth(index)).toContainText(outcome);
    await expect(rows.nth(index)).toContainText(by);
  }
  await axe(page);

  await page.goto("/audit?service=qkart-backend&environment=production");
  const table = page.getByRole("table", { name: "Audit log" });
  await expect(table.getByRole("row").filter({ hasText: "rolled back with" }).first()).toContainText(
    people.release.name,
  );
  const started = table.getByRole("row").filter({ hasText: "Product search for everybody" }).first();
  await expect(started).toContainText("started");
  await expect(table.getByRole("row").filter({ hasText: "ended" }).first()).toBeVisible();
  await axe(page);
});
