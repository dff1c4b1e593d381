import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { areaOf, crumbsFor, paths } from "./paths.ts";

const app = fileURLToPath(new URL("../../app", import.meta.url));

/** Page files as Next reads them: route groups in parentheses take no part in the URL. */
function pagesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/(^|\/)page\.tsx$/, "")}`.replaceAll(/\/\([^)]*\)/g, "") || "/");
}

/** Every page under app/ and the builder that leads to it, with its trail. A new page needs a line here. */
const expected: Record<string, { url: string; crumbs: string }> = {
  "/": { url: paths.overview(), crumbs: "Overview" },
  "/services": { url: paths.services(), crumbs: "Services" },
  "/services/[service]": { url: paths.service({ service: "[service]" }), crumbs: "Services / [service]" },
  "/services/[service]/deployments": {
    url: paths.serviceDeployments({ service: "[service]" }),
    crumbs: "Services / [service] / Deployments",
  },
  "/services/[service]/releases": {
    url: paths.serviceReleases({ service: "[service]" }),
    crumbs: "Services / [service] / Releases",
  },
  "/services/[service]/variables": {
    url: paths.serviceVariables({ service: "[service]" }),
    crumbs: "Services / [service] / Variables",
  },
  "/deployments": { url: paths.deployments(), crumbs: "Deployments" },
  "/deployments/[deployment]": {
    url: paths.deployment({ deployment: "[deployment]" }),
    crumbs: "Deployments / [deployment]",
  },
  "/changes": { url: paths.changes(), crumbs: "Changes" },
  "/audit": { url: paths.audit(), crumbs: "Audit" },
  "/environments": { url: paths.environments(), crumbs: "Environments" },
  "/environments/[environment]": {
    url: paths.environment({ environment: "[environment]" }),
    crumbs: "Environments / [environment]",
  },
  "/environments/[environment]/accounts": {
    url: paths.environmentAccounts({ environment: "[environment]" }),
    crumbs: "Environments / [environment] / AWS accounts",
  },
  "/environments/[environment]/import": {
    url: paths.environmentImport({ environment: "[environment]" }),
    crumbs: "Environments / [environment] / Import from AWS",
  },
  "/settings": { url: paths.settings(), crumbs: "Settings" },
  "/settings/people": { url: paths.settingsPeople(), crumbs: "Settings / People" },
  "/settings/teams": { url: paths.settingsTeams(), crumbs: "Settings / Teams" },
  "/settings/elevations": { url: paths.settingsElevations(), crumbs: "Settings / Raised roles" },
  "/settings/sessions": { url: paths.settingsSessions(), crumbs: "Settings / Sessions" },
  "/settings/tokens": { url: paths.settingsTokens(), crumbs: "Settings / Tokens" },
  "/settings/aws": { url: paths.settingsAws(), crumbs: "Settings / AWS usage" },
  "/sign-in": { url: paths.signIn(), crumbs: "Sign in" },
};

test("every page has a path builder and a trail, and every builder a page", () => {
  expect(pagesOf(app).toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(Object.entries(expected))("%s", (page, { url, crumbs }) => {
  expect(decodeURIComponent(url)).toBe(page);
  expect(
    crumbsFor(url)
      .map((crumb) => crumb.label)
      .join(" / "),
  ).toBe(crumbs);
});

test("a name that looks like a word of ours stays a name", () => {
  expect(crumbsFor("/services/settings").map((crumb) => crumb.label)).toEqual(["Services", "settings"]);
});

test("names are escaped and the view goes into the query", () => {
  expect(paths.service({ service: "a/b", environment: "production" })).toBe("/services/a%2Fb?environment=production");
  expect(paths.deployments({ status: "running" })).toBe("/deployments?status=running");
  expect(crumbsFor("/services/a%2Fb").at(-1)).toEqual({ label: "a/b" });
  expect(crumbsFor("/deployments/dep_01a20443a51376589c62e87af26b0f08").at(-1)).toMatchObject({
    label: "dep_…f26b0f08",
  });
  expect(areaOf("/deployments/dep_1")).toBe("deployments");
});
