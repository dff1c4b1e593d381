import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../contract.ts";

/** How one protocol writes scalars and lists; structures and maps are walked the same way for all. */
export type Reader = {
  text(value: unknown): string;
  number(value: unknown): number;
  boolean(value: unknown): boolean;
  time(value: unknown): Date;
  list(value: unknown): unknown[];
  record(value: unknown): Record<string, unknown>;
};

const MAX_DEPTH = 40;

/**
 * Types a request after the SDK's schema: timestamps become `Date`, blobs `Uint8Array`, members that the schema
 * does not know are left out as AWS does, and a member of the wrong type is a SerializationException.
 */
export function decode(schema: NormalizedSchema, value: unknown, reader: Reader, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new AwsError("SerializationException", "The request is nested too deeply");
  const next = (member: NormalizedSchema, inner: unknown) => decode(member, inner, reader, depth + 1);
  if (schema.isUnitSchema()) return {};
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) return decodeStruct(schema, reader.record(value), next);
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    return reader.list(value).map((item) => next(member, item));
  }
  if (schema.isMapSchema()) {
    const member = schema.getValueSchema();
    return Object.fromEntries(Object.entries(reader.record(value)).map(([key, item]) => [key, next(member, item)]));
  }
  return decodeScalar(schema, value, reader);
}

function decodeStruct(
  schema: NormalizedSchema,
  record: Record<string, unknown>,
  next: (member: NormalizedSchema, value: unknown) => unknown,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value !== undefined && value !== null) result[name] = next(member, value);
  }
  return result;
}

function decodeScalar(schema: NormalizedSchema, value: unknown, reader: Reader): unknown {
  if (schema.isTimestampSchema()) return reader.time(value);
  if (schema.isBooleanSchema()) return reader.boolean(value);
  if (schema.isNumericSchema()) return reader.number(value);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(reader.text(value), "base64"));
  return reader.text(value);
}

/** Copy of a decoded input for the journal, without the members that AWS marks as sensitive. */
export function redact(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (schema.getMergedTraits().sensitive) return "[redacted]";
  if (schema.isStructSchema()) {
    const record = value as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      if (record[name] !== undefined) result[name] = redact(member, record[name]);
    }
    return result;
  }
  if (schema.isListSchema()) return (value as unknown[]).map((item) => redact(schema.getValueSchema(), item));
  if (schema.isMapSchema()) {
    const member = schema.getValueSchema();
    const entries = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(entries.map(([key, item]) => [key, redact(member, item)]));
  }
  return value;
}
