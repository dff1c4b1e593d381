import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { deploymentPage, shownDeployment } from "./deployment-page.ts";
import { untilEnded } from "./deployments.ts";
import { axe, expect, signIn, test, visit } from "./fixtures.ts";
import { localAwsUrl } from "./product.ts";

test.describe.configure({ timeout: 300_000 });

const account = "111111111111";
const region = "eu-central-1";
const roleArn = `arn:aws:iam::${account}:role/quarterdeck-preview`;
const externalId = "qd-of-the-browser-test";
const image = (version: string) => `000000000000.dkr.ecr.us-east-1.amazonaws.com/qkart-storefront:${version}`;

/** A service that somebody made in another account and region, past the portal, and a role for the portal there. */
async function makeOutside(): Promise<void> {
  const ecs = new ECSClient({
    endpoint: localAwsUrl(),
    region,
    credentials: { accessKeyId: account, secretAccessKey: "local" },
  });
  await ecs.send(new CreateClusterCommand({ clusterName: "shop-preview" }));
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "window",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      containerDefinitions: [
        {
          name: "window",
          image: image("1.0.0"),
          essential: true,
          portMappings: [{ containerPort: 8080, protocol: "tcp" }],
          environment: [{ name: "BACKEND_URL", value: "http://127.0.0.1:9" }],
        },
      ],
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      cluster: "shop-preview",
      serviceName: "shop-window-preview",
      desiredCount: 1,
      launchType: "FARGATE",
      taskDefinition: taskDefinition?.taskDefinitionArn,
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0local1"] } },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  );
  const described = await fetch(`${localAwsUrl()}/_local/roles`, {
    method: "PUT",
    body: JSON.stringify({ roleArn, externalId }),
  });
  expect(described.status).toBe(200);
}

test("a service of another account is imported by a role with an external id, and deployed to", async ({
  api,
  page,
  violations,
}) => {
  // What a person is refused on the way: a bad external id, and a role that cannot be taken.
  violations.allow(/status of (400|412)/);
  await makeOutside();
  await signIn(page, "admin");

  await visit(page, "/environments");
  await page.getByRole("button", { name: "Add environment…" }).click();
  const adding = page.getByRole("dialog", { name: "A new environment" });
  await adding.getByLabel("Name", { exact: true }).fill("Preview");
  await adding.getByLabel("Name in addresses").fill("preview");
  await adding.getByLabel("Kind").selectOption("preview");
  await axe(page);
  await adding.getByRole("button", { name: "Add environment" }).click();
  await expect(page).toHaveURL("/environments/preview");

  await page.getByRole("link", { name: "AWS accounts" }).click();
  await page.getByRole("button", { name: "Set a role…" }).click();
  const setting = page.getByRole("dialog", { name: "A role for Preview" });
  await setting.getByLabel("Role").fill(roleArn);
  await setting.getByLabel("External id").fill("a guess");
  await setting.getByRole("button", { name: "Set role" }).click();
  await expect(setting.getByText(/may hold letters, digits/)).toBeVisible();
  await setting.getByLabel("External id").fill("guessed");
  await axe(page);
  await setting.getByRole("button", { name: "Set role" }).click();
  await expect(setting).toBeHidden();

  // The wrong external id is told as that.
  await page.getByRole("main").getByRole("link", { name: "Import from AWS" }).click();
  const look = async () => {
    await page.getByLabel("Account").fill(account);
    await page.getByLabel("Region").fill(region);
    await page.getByRole("button", { name: "Look" }).click();
  };
  await look();
  await expect(page.getByRole("alert").filter({ hasText: "sts:ExternalId" })).toBeVisible();
  await axe(page);

  await visit(page, "/environments/preview/accounts");
  await page.getByRole("button", { name: `Change the role in ${account}` }).click();
  const changing = page.getByRole("dialog", { name: `Role in account ${account}` });
  await changing.getByLabel("External id").fill(externalId);
  await changing.getByRole("button", { name: "Set role" }).click();
  await expect(changing).toBeHidden();

  await visit(page, "/environments/preview/import");
  await look();
  await page.getByRole("checkbox", { name: "shop-window-preview" }).check();
  await expect(page.getByLabel("Service for shop-window-preview")).toHaveValue("shop-window");
  await axe(page);
  await page.getByRole("button", { name: "Import 1 service" }).click();
  await expect(page).toHaveURL("/environments/preview");
  const row = page.getByRole("row", { name: /shop-window/ });
  await expect(row.getByText("1.0.0").first()).toBeVisible();
  await expect(row.getByText("1 of 1")).toBeVisible();

  await api.releases.create({ service: "shop-window", version: "1.1.0", image: image("1.1.0") });
  await visit(page, "/services/shop-window?environment=preview&act=deploy");
  await expect(page.getByRole("button", { name: "Roll back…", includeHidden: true })).toHaveAccessibleDescription(
    "No other release is known to work here.",
  );
  await page.getByRole("button", { name: "Deploy 1.1.0 to preview" }).click();
  await expect(page).toHaveURL(/\/deployments\/dep_/);
  await deploymentPage(page).ends("succeeded");
  const deployment = await untilEnded(api, shownDeployment(page));
  expect(deployment).toMatchObject({ status: "succeeded", from: { version: "1.0.0" } });

  await visit(page, "/environments/preview/accounts");
  await page.getByRole("button", { name: "Check access" }).click();
  await expect(page.getByText(/checks are fine/)).toBeVisible();
  await expect(page.getByText("cannot be checked by reads").first()).toBeVisible();
  await axe(page);
});
