import { NormalizedSchema } from "@smithy/core/schema";

type Json = Record<string, unknown>;

/**
 * Where `value` departs from an SDK schema: one line per unknown member or wrong type, empty when it conforms.
 * The schemas carry no required or enum traits, so absence and unknown enum values are not reported.
 */
export function violations(schema: unknown, value: unknown): string[] {
  return walk(NormalizedSchema.of(schema as never), value, "$");
}

/** Output schema of an exported operation (`DescribeServices$` and so on), for `violations`. */
export function outputOf(operation: readonly unknown[]): unknown {
  return operation[5];
}

function walk(schema: NormalizedSchema, value: unknown, at: string): string[] {
  if (value === undefined || value === null || schema.isDocumentSchema()) return [];
  if (schema.isStructSchema()) return walkStruct(schema, value, at);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${at}: expected a list, got ${describe(value)}`];
    return value.flatMap((item, index) => walk(schema.getValueSchema(), item, `${at}[${index}]`));
  }
  if (schema.isMapSchema()) {
    if (!isObject(value)) return [`${at}: expected a map, got ${describe(value)}`];
    return Object.entries(value).flatMap(([key, item]) => walk(schema.getValueSchema(), item, `${at}.${key}`));
  }
  return isScalar(schema, value) ? [] : [`${at}: expected ${scalarName(schema)}, got ${describe(value)}`];
}

function walkStruct(schema: NormalizedSchema, value: unknown, at: string): string[] {
  if (!isObject(value)) return [`${at}: expected a structure, got ${describe(value)}`];
  const members = new Map(schema.structIterator());
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === "$metadata" && at === "$") return [];
    const member = members.get(name);
    return member ? walk(member, item, `${at}.${name}`) : [`${at}.${name}: not a member of ${schema.getName()}`];
  });
}

function isScalar(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime());
  if (schema.isBlobSchema()) return value instanceof Uint8Array;
  if (schema.isBooleanSchema()) return typeof value === "boolean";
  if (schema.isNumericSchema()) return typeof value === "number" && Number.isFinite(value);
  if (schema.isStringSchema()) return typeof value === "string";
  return true;
}

function scalarName(schema: NormalizedSchema): string {
  if (schema.isTimestampSchema()) return "a Date";
  if (schema.isBlobSchema()) return "bytes";
  if (schema.isBooleanSchema()) return "a boolean";
  return schema.isNumericSchema() ? "a number" : "a string";
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function describe(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `${typeof value} ${JSON.stringify(value)}`;
}
