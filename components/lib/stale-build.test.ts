import { expect, test } from "vitest";
import { isStaleBuild } from "./stale-build.ts";

test.each([
  [
    "Chromium",
    new TypeError("Failed to fetch dynamically imported module: http://localhost:3000/_next/static/chunks/a.js"),
  ],
  [
    "Firefox",
    new TypeError("error loading dynamically imported module: http://localhost:3000/_next/static/chunks/a.js"),
  ],
  ["Safari", new TypeError("Importing a module script failed.")],
  ["Turbopack", new Error("Failed to load chunk /_next/static/chunks/a.js from module 42")],
  ["webpack", Object.assign(new Error("Loading chunk 42 failed."), { name: "ChunkLoadError" })],
  ["webpack, of styles", new Error("Loading CSS chunk 42 failed.\n(/_next/static/css/a.css)")],
])("a part of the page that is gone is recognised in the words of %s", (_whose, error) => {
  expect(isStaleBuild(error)).toBe(true);
});

test.each([
  [new TypeError("Failed to fetch")],
  [new Error("The portal cannot be reached.")],
  ["Loading chunk 1 failed"],
  [undefined],
])("%s is something else", (error) => {
  expect(isStaleBuild(error)).toBe(false);
});
