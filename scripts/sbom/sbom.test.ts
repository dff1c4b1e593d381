import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { renderSbom, sbomFile } from "./document.ts";
import { exceptions, licenceComplaints } from "./licences.ts";
import { lockfileOf, productionPackages, type Lockfile } from "./lockfile.ts";

const root = path.resolve(import.meta.dirname, "../..");
const lockfile = lockfileOf(root);
const nameIn = (folder: string) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
const production = [...productionPackages(lockfile).keys()].map(nameIn);

test("the bill of materials is current: run npm run sbom", () => {
  expect(readFileSync(path.join(root, sbomFile), "utf8")).toBe(renderSbom(lockfile));
});

test("it holds what package.json asks for and what that needs, and no tool of development", () => {
  const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, object>;
  expect(Object.keys(dependencies ?? {}).filter((name) => !production.includes(name))).toEqual([]);
  expect(production).toEqual(expect.arrayContaining(["caniuse-lite", "jose", "pg-protocol"]));
  for (const name of ["vitest", "oidc-provider", "eslint", "@playwright/test"]) expect(production).not.toContain(name);
});

describe("licences", () => {
  test("of all that runs in production are allowed, or excepted with a reason", () =>
    expect(licenceComplaints(lockfile)).toEqual([]));

  test("an exception that nothing needs any more is gone", () => {
    expect(exceptions.filter(({ packages }) => !production.some((name) => packages.test(name)))).toEqual([]);
  });

  const planted = (license?: string): Lockfile => ({
    name: "x",
    version: "1.0.0",
    packages: {
      "": { version: "1.0.0", dependencies: { one: "1" } },
      "node_modules/one": { version: "1.0.0", ...(license ? { license } : {}) },
    },
  });
  test.each([
    ["GPL-3.0-only", ["one: GPL-3.0-only"]],
    ["MIT AND AGPL-3.0-only", ["one: MIT AND AGPL-3.0-only"]],
    ["LGPL-3.0-or-later", ["one: LGPL-3.0-or-later"]],
    [undefined, ["one: says no licence"]],
    ["(GPL-2.0 OR MIT)", []],
    ["Apache-2.0 AND MIT", []],
  ])("%s gives %j", (license, complaints) => expect(licenceComplaints(planted(license))).toEqual(complaints));
});
