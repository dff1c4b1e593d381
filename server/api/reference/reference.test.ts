import { describe, expect, test } from "vitest";
import { openApiDocument } from "../openapi.ts";
import { referenceResponse } from "../reference.ts";
import { exampleBody, fieldsOf, limitsOf, typeOf, type Schema } from "./fields.ts";
import { html } from "./html.ts";
import { referencePage } from "./page.ts";

describe("types and limits in words", () => {
  test.each<[Schema, string]>([
    [{ type: "string" }, "string"],
    [{ enum: ["good", "bad"] }, '"good" or "bad"'],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string or null"],
    [{ type: "array", items: { type: "object", properties: {} } }, "list of object"],
    [{ type: "string", format: "date-time" }, "date and time"],
    [{}, "any value"],
  ])("%j is %s", (schema, words) => expect(typeOf(schema)).toBe(words));

  test.each<[Schema, string]>([
    [{ type: "string", maxLength: 80 }, "at most 80 characters"],
    [{ type: "integer", minimum: 1, maximum: 100, default: 50 }, "from 1, to 100, default 50"],
    [{ type: "integer", minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1 }, ""],
  ])("%j is limited %s", (schema, words) => expect(limitsOf(schema)).toBe(words));
});

test("fields within fields have dotted names", () => {
  const inner: Schema = { type: "object", properties: { digest: { type: "string" } }, required: ["digest"] };
  const schema: Schema = {
    type: "object",
    properties: {
      id: { type: "string" },
      artefacts: { type: "array", items: inner },
      from: { anyOf: [inner, { type: "null" }] },
    },
    required: ["id"],
  };
  expect(fieldsOf(schema).map((field) => field.name)).toEqual([
    "id",
    "artefacts",
    "artefacts[].digest",
    "from",
    "from.digest",
  ]);
  expect(fieldsOf({ type: "array", items: schema })[0]?.name).toBe("[].id");
  expect(exampleBody(schema)).toEqual({ id: "…" });
});

test("what the document says is text, never markup", () => {
  expect(html`<b>${'<script>"&'}</b>`.html).toBe("<b>&lt;script&gt;&quot;&amp;</b>");
  const operation = { operationId: "x", summary: "<img src=x>", responses: {} };
  const page = referencePage({ info: { title: "T" }, paths: { "/x": { get: operation } } });
  expect(page).not.toContain("<img");
});

test("the page has every operation once, each link a place to go to, and loads nothing", async () => {
  const response = await referenceResponse();
  const page = await response.text();
  const { paths = {} } = await openApiDocument();
  const ids = Object.values(paths).flatMap((item) =>
    Object.values(item ?? {}).map((one) => (one as { operationId: string }).operationId),
  );
  const sections = [...page.matchAll(/<section id="(\w+)"/g)].map((match) => match[1]);
  expect(sections.toSorted()).toEqual(ids.toSorted());
  const links = [...page.matchAll(/href="#(\w+)"/g)].map((match) => match[1]);
  expect(links.toSorted()).toEqual(ids.toSorted());
  expect(page).not.toMatch(/<script|<link|<img|\bon\w+=|style=/);
  expect(page).not.toContain("[object Object]");
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
});
