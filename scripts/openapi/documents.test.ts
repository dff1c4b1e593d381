import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { contractFile, openApiFile, renderContract, renderOpenApi } from "./documents.ts";

const root = path.resolve(import.meta.dirname, "../..");

test.each([
  [openApiFile, renderOpenApi],
  [contractFile, renderContract],
])("%s is what the router says (npm run openapi writes it)", async (file, render) => {
  expect(await readFile(path.join(root, file), "utf8")).toBe(await render());
});
