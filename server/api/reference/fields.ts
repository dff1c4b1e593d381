/** As much of JSON Schema as our OpenAPI document uses. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  default?: unknown;
  description?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
};

export type Field = { name: string; type: string; required: boolean; limits: string; description: string };

const isNull = (schema: Schema) => schema.type === "null";

/** A type in words: `string or null`, `list of object`, `"good" or "bad"`. */
export function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.format === "date-time") return "date and time";
  return [schema.type ?? "any value"].flat().join(" or ");
}

/** Limits in words: `at most 80 characters, default 50`. */
export function limitsOf(schema: Schema): string {
  const { maxLength, minimum, maximum, minItems, maxItems } = schema;
  const isBounded = (value: number | undefined) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
    isBounded(minimum) ? `from ${minimum}` : "",
    isBounded(maximum) ? `to ${maximum}` : "",
    minItems === undefined ? "" : `at least ${minItems}`,
    maxItems === undefined ? "" : `at most ${maxItems}`,
    schema.default === undefined || schema.default === "" ? "" : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** The object that a field holds, alone or in a list, whether or not it may be null. */
function objectIn(schema: Schema): { schema: Schema; suffix: string } | undefined {
  const choices = schema.anyOf?.filter((one) => !isNull(one));
  if (choices?.length === 1 && choices[0]) return objectIn(choices[0]);
  if (schema.type === "array" && schema.items) {
    const inner = objectIn(schema.items);
    return inner && { schema: inner.schema, suffix: `[]${inner.suffix}` };
  }
  return schema.properties ? { schema, suffix: "" } : undefined;
}

/** Fields of an object with those of the objects in it, as dotted names: `artefacts[].digest`. */
export function fieldsOf(schema: Schema, prefix = ""): Field[] {
  const found = objectIn(schema);
  if (!found) return [];
  const start = prefix + found.suffix + (prefix || found.suffix ? "." : "");
  return Object.entries(found.schema.properties ?? {}).flatMap(([key, one]) => {
    const name = start + key;
    const required = found.schema.required?.includes(key) ?? false;
    const field = { name, type: typeOf(one), required, limits: limitsOf(one), description: one.description ?? "" };
    return [field, ...fieldsOf(one, name)];
  });
}

/** A plausible value, for the example of a call. */
function exampleOf(name: string, schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return exampleOf(name, schema.anyOf[0]);
  if (schema.type === "integer" || schema.type === "number") return schema.default ?? schema.minimum ?? 1;
  if (schema.type === "boolean") return false;
  if (schema.type === "array") return [exampleOf(name, schema.items ?? {})];
  if (schema.properties) return exampleBody(schema);
  return schema.format === "date-time" ? "2026-12-01T09:00:00Z" : (examples[name] ?? `…`);
}

const examples: Record<string, string> = {
  service: "qkart-backend",
  environment: "staging",
  version: "1.1.0",
  image: "000000000000.dkr.ecr.us-east-1.amazonaws.com/qkart-backend:1.1.0",
  commit: "7f3a2c1",
  reason: "Product search",
};

/** A body with what an operation asks for, and what people usually send along. */
export function exampleBody(schema: Schema): Record<string, unknown> {
  const names = Object.keys(schema.properties ?? {}).filter(
    (name) => schema.required?.includes(name) || name in examples,
  );
  return Object.fromEntries(names.map((name) => [name, exampleOf(name, schema.properties?.[name] ?? {})]));
}
