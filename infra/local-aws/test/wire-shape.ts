import { NormalizedSchema } from "@smithy/core/schema";
import { XMLParser } from "fast-xml-parser";

/**
 * Where a raw answer departs from what the SDK would read: unknown members, wrong types, lists and timestamps in
 * the notation of another protocol. The SDK itself passes over most of that in silence.
 */
export function wireViolations(operation: readonly unknown[], contentType: string, body: string): string[] {
  const schema = NormalizedSchema.of(operation[5] as never);
  if (!contentType.includes("xml")) return walk(schema, body === "" ? {} : JSON.parse(body), "$", "json");
  const name = String(operation[2]);
  const tree = new XMLParser({ ignoreAttributes: true, parseTagValue: false }).parse(body) as Record<string, unknown>;
  const response = (tree[`${name}Response`] ?? {}) as Record<string, unknown>;
  const missing = [`${name}Result`, "ResponseMetadata"]
    .filter((part) => !(part in response))
    .map((part) => `$: no ${part}`);
  return [...missing, ...walk(schema, response[`${name}Result`], "$", "xml")];
}

type Notation = "json" | "xml";

function walk(schema: NormalizedSchema, value: unknown, at: string, notation: Notation): string[] {
  const isEmptyXml = notation === "xml" && value === "";
  if (value === undefined || value === null || schema.isDocumentSchema()) return [];
  if (schema.isStructSchema() || schema.isUnitSchema())
    return isEmptyXml ? [] : walkStruct(schema, value, at, notation);
  if (schema.isListSchema()) return isEmptyXml ? [] : walkList(schema, value, at, notation);
  if (schema.isMapSchema()) {
    return Object.entries(value).flatMap(([key, item]) =>
      walk(schema.getValueSchema(), item, `${at}.${key}`, notation),
    );
  }
  return fits(schema, value, notation)
    ? []
    : [`${at}: ${JSON.stringify(value)} is not a ${kindOf(schema)} in ${notation}`];
}

function walkStruct(schema: NormalizedSchema, value: unknown, at: string, notation: Notation): string[] {
  if (typeof value !== "object" || Array.isArray(value)) return [`${at}: expected a structure`];
  const members = schema.isUnitSchema() ? new Map<string, NormalizedSchema>() : new Map(schema.structIterator());
  return Object.entries(value as object).flatMap(([name, item]) => {
    const member = members.get(name);
    return member ? walk(member, item, `${at}.${name}`, notation) : [`${at}.${name}: unknown member`];
  });
}

function walkList(schema: NormalizedSchema, value: unknown, at: string, notation: Notation): string[] {
  const items = notation === "json" ? value : (value as { member?: unknown }).member;
  if (items === undefined) return [`${at}: a list without <member> elements`];
  if (notation === "json" && !Array.isArray(items)) return [`${at}: expected a list`];
  const list = Array.isArray(items) ? (items as unknown[]) : [items];
  return list.flatMap((item, index) => walk(schema.getValueSchema(), item, `${at}[${index}]`, notation));
}

function fits(schema: NormalizedSchema, value: unknown, notation: Notation): boolean {
  if (notation === "json") {
    if (schema.isTimestampSchema() || schema.isNumericSchema()) return typeof value === "number";
    return typeof value === (schema.isBooleanSchema() ? "boolean" : "string");
  }
  if (typeof value !== "string") return false;
  if (schema.isTimestampSchema()) return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  if (schema.isNumericSchema()) return value !== "" && Number.isFinite(Number(value));
  return !schema.isBooleanSchema() || value === "true" || value === "false";
}

function kindOf(schema: NormalizedSchema): string {
  if (schema.isTimestampSchema()) return "timestamp";
  if (schema.isNumericSchema()) return "number";
  return schema.isBooleanSchema() ? "boolean" : "string";
}
