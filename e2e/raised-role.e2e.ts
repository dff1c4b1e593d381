import { axe, expect, test, visit } from "./fixtures.ts";
import { people } from "./people.ts";

const address = "/services/qkart-backend?environment=production";
const reason = "Checkout fails in production, rolling back";

test("a developer raises their role, everybody sees it, it is given back, and an admin reviews it", async ({
  open,
  api,
  violations,
}) => {
  violations.allow(/status of 400/);
  const [developer, viewer, admin] = [await open("developer"), await open("viewer"), await open("admin")];
  await visit(viewer, "/changes");
  await developer.goto(address);
  const lock = developer.getByRole("button", { name: /Roll back/ }).first();
  await expect(lock).toHaveAccessibleDescription(
    /needs the role developer in production\. .* can do this, or raise your own role/,
  );

  await visit(developer, "/settings/elevations");
  await axe(developer);
  await developer.getByRole("button", { name: "Raise my role…" }).click();
  const dialog = developer.getByRole("dialog", { name: "Raise your role" });
  await dialog.getByLabel("Reason").fill("Help");
  await dialog.getByRole("button", { name: "Raise my role" }).click();
  await expect(dialog.getByText(/must say why in at least 3 words/)).toBeVisible();
  await axe(developer);
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByLabel("For", { exact: true }).selectOption("5");
  await dialog.getByRole("button", { name: "Raise my role" }).click();

  // Live, in a browser that did nothing.
  const seen = viewer.getByRole("region", { name: "Raised roles" });
  await expect(seen).toContainText(`${people.developer.name} raised their own role to release manager`);
  await expect(seen).toContainText(reason);
  await expect(seen.getByRole("button")).toHaveCount(0);
  await expect(viewer.getByText(/Raised their own role to release manager/)).toBeVisible();
  await axe(viewer);

  const mine = developer.getByRole("region", { name: "Raised roles" });
  await expect(mine).toContainText("You raised your role to release manager");
  await visit(developer, address);
  await expect(lock).not.toHaveAccessibleDescription(/needs the role/);
  await mine.getByRole("button", { name: "Give it back" }).click();
  await developer.getByRole("dialog").getByRole("button", { name: "Give it back" }).click();
  await expect(seen).toBeHidden();
  await expect(lock).toHaveAccessibleDescription(/needs the role developer in production/);

  await developer.goto("/settings/elevations");
  const own = developer.getByRole("row").filter({ hasText: reason }).first();
  await expect(own.getByRole("button", { name: /^Review/ })).toHaveAccessibleDescription(
    /Somebody else has to review it/,
  );

  await visit(admin, "/settings/elevations");
  const row = admin.getByRole("row").filter({ hasText: reason }).first();
  await row.getByRole("button", { name: `Review ${people.developer.name}` }).click();
  await admin.getByRole("dialog").getByLabel("What you found").fill("Nothing was done with it");
  await admin.getByRole("dialog").getByRole("button", { name: "Mark as reviewed" }).click();
  await expect(row).toContainText(`by ${people.admin.name}: Nothing was done with it`);
  await axe(admin);
  expect((await api.elevations.list({})).toReview).toBe(0);
});
