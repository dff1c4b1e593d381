import { axe, expect, test, visit } from "./fixtures.ts";
import { logOf } from "./product.ts";

test("a person ends the session of another browser, which lands on the sign-in page and comes back", async ({
  open,
  violations,
}) => {
  violations.allow(/status of 401/);
  const [here, there] = [await open("viewer"), await open("viewer")];
  await visit(there, "/services?environment=staging");
  await expect(there.getByRole("heading", { name: "Services", level: 1 })).toBeVisible();
  const copied = await there.context().cookies();

  await visit(here, "/settings/sessions");
  const rows = here.getByRole("row").filter({ hasText: /Chrome/ });
  const mine = rows.filter({ hasText: "this device" });
  await expect(mine).toHaveCount(1);
  await expect(mine).toContainText("127.0.0.1");
  await axe(here);
  await here.getByRole("button", { name: "End all others" }).click();
  await here.getByRole("dialog").getByRole("button", { name: "End all others" }).click();

  await expect(there).toHaveURL(/\/sign-in\?from=%2Fservices%3Fenvironment%3Dstaging$/);
  await expect(rows).toHaveCount(1);
  await there.context().addCookies(copied);
  expect((await there.request.get("/api/v1/me")).status()).toBe(401);
  expect((await here.request.get("/api/v1/me")).status()).toBe(200);
  for (const { name, value } of copied) if (name.includes("session-token")) expect(logOf("web")).not.toContain(value);
});
