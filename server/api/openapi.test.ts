import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { openApiDocument } from "./openapi.ts";

const document = await openApiDocument();

type Raw = {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};

const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.values(item ?? {}).map((raw): [string, string, Raw] => [(raw as Raw).operationId, path, raw as Raw]),
);

function schemasOf({ parameters = [], requestBody, responses }: Raw): object[] {
  const contents = [requestBody, ...Object.values(responses)].flatMap((one) => Object.values(one?.content ?? {}));
  return [...parameters.map((parameter) => parameter.schema ?? {}), ...contents.map((content) => content.schema)];
}

test("the document is OpenAPI 3.1 and says how to sign in", () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.security).toEqual([{ bearer: [] }, { session: [] }]);
});

describe.each(operations)("%s", (_id, path, operation) => {
  test("declares each part of its path", () => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
    expect(declared.map((parameter) => parameter.name).toSorted()).toEqual(inPath.toSorted());
    for (const parameter of declared) expect(parameter.required).toBe(true);
  });

  test("has schemas that JSON Schema 2020-12 accepts", () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
    ajv.addVocabulary(["components"]);
    // References in the document start at its root.
    const { components } = document;
    for (const schema of schemasOf(operation)) expect(() => ajv.compile({ ...schema, components })).not.toThrow();
  });

  test("says what it answers when it works, and that errors are problems", () => {
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((status) => status.startsWith("2")).length).toBeGreaterThan(0);
    for (const status of ["400", "401", "403", "404", "409"]) {
      expect(Object.keys(operation.responses[status]?.content ?? {})).toEqual(["application/problem+json"]);
    }
  });
});
