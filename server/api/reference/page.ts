import { fieldsOf, exampleBody, limitsOf, typeOf, type Field, type Schema } from "./fields.ts";
import { html, type Html } from "./html.ts";
import { referenceStyle } from "./style.ts";

type Answer = { description: string; content?: Record<string, { schema?: Schema }> };

type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Answer>;
};

/** As much of an OpenAPI document as the page shows. */
export type ReferenceDocument = {
  info: { title: string; description?: string };
  paths?: Record<string, Record<string, Operation>>;
};

type Shown = Operation & { method: string; path: string };

function operationsOf({ paths = {} }: ReferenceDocument): Shown[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

function byTag(operations: Shown[]): [string, Shown[]][] {
  const groups = Map.groupBy(operations, (operation) => operation.tags?.[0] ?? "other");
  return [...groups].toSorted(([a], [b]) => a.localeCompare(b));
}

function fieldTable(title: string, fields: Field[]): Html {
  if (fields.length === 0) return html``;
  const rows = fields.map(
    (field) =>
      html`<tr>
        <td><code>${field.name}</code></td>
        <td>${field.type}${field.required ? "" : html` <span class="muted">optional</span>`}</td>
        <td>${field.description} <span class="muted">${field.limits}</span></td>
      </tr>`,
  );
  return html`<h4>${title}</h4>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Type</th>
            <th>Meaning</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
}

function parameterFields(operation: Shown, place: string): Field[] {
  return (operation.parameters ?? [])
    .filter((parameter) => parameter.in === place)
    .map(({ name, required = false, schema = {}, description }) => {
      return {
        name,
        required,
        type: typeOf(schema),
        limits: limitsOf(schema),
        description: description ?? schema.description ?? "",
      };
    });
}

function bodyOf(operation: Shown): Schema | undefined {
  return operation.requestBody?.content["application/json"]?.schema;
}

function example(operation: Shown): string {
  const body = bodyOf(operation);
  const lines = [`curl -H "authorization: Bearer $TOKEN" "$PORTAL/api/v1${operation.path}"`];
  if (operation.method !== "GET") lines.push(`-X ${operation.method}`);
  if (body) lines.push(`-H "content-type: application/json"`, `-d '${JSON.stringify(exampleBody(body))}'`);
  return lines.join(" \\\n  ");
}

function answer(status: string, { content }: Answer): Html {
  const schema = content?.["application/json"]?.schema;
  if (!schema) return html``;
  const fields = fieldsOf(schema).map((field) => ({ ...field, required: true }));
  const what = schema.type === "array" ? "a list of" : "";
  if (fields.length === 0) return html`<p>Answers ${status} with ${typeOf(schema)}.</p>`;
  return html`<details>
    <summary>Answers ${status} with ${what} ${fields.length} fields</summary>
    ${fieldTable("", fields)}
  </details>`;
}

function section(operation: Shown): Html {
  const body = bodyOf(operation);
  const good = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
  return html`<section id="${operation.operationId}">
    <h3>${operation.summary}</h3>
    <p class="path"><span class="method">${operation.method}</span> /api/v1${operation.path}</p>
    <p class="muted">${operation.description}</p>
    ${fieldTable("In the path", parameterFields(operation, "path"))}
    ${fieldTable("In the query", parameterFields(operation, "query"))}
    ${body ? fieldTable("In the body", fieldsOf(body)) : ""}
    <pre tabindex="0" aria-label="Example of ${operation.operationId}">${example(operation)}</pre>
    ${good.map(([status, one]) => answer(status, one))}
  </section>`;
}

const introduction = html`<p>
    Scripts send an API token, made under <a href="/settings/tokens">Settings</a>, as
    <code>authorization: Bearer …</code>. The document behind this page is
    <a href="/api/v1/openapi.json">openapi.json</a>.
  </p>
  <p>
    An error is a problem document (<code>application/problem+json</code>) with <code>code</code>, <code>detail</code>,
    <code>requestId</code>, and <code>fields</code> for what is wrong with the input. It has changed nothing.
  </p>
  <p>
    Lists answer <code>items</code> and <code>next</code>: send <code>next</code> as <code>cursor</code> for the page
    after.
  </p>`;

/** The API reference as one page of HTML without scripts. */
export function referencePage(document: ReferenceDocument): string {
  const groups = byTag(operationsOf(document));
  const links = groups.map(
    ([tag, operations]) =>
      html`<h2>${tag}</h2>
        <ul>
          ${operations.map((one) => html`<li><a href="#${one.operationId}">${one.summary}</a></li>`)}
        </ul>`,
  );
  const body = groups.map(
    ([tag, operations]) =>
      html`<h2>${tag}</h2>
        ${operations.map(section)}`,
  );
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>API · ${document.info.title}</title>
      <style>
        ${{ html: referenceStyle }}
      </style>
    </head>
    <body>
      <div class="frame">
        <nav aria-label="Operations"><a href="/">${document.info.title}</a>${links}</nav>
        <main>
          <h1>API</h1>
          <p>${document.info.description}</p>
          ${introduction}${body}
        </main>
      </div>
    </body>
  </html>`;
  return `<!doctype html>${page.html}\n`;
}
