import { AwsError } from "../contract.ts";
import type { Reader } from "./decode.ts";

/** Parses a JSON body; an empty one is the empty structure. */
export function parseJson(body: string): Record<string, unknown> {
  if (body.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "Unexpected character or end of input: the body is not JSON");
  }
  return jsonReader.record(value);
}

export const jsonReader: Reader = {
  text: (value) => expect(value, typeof value === "string", "String"),
  number: (value) => expect(value, typeof value === "number", "Number"),
  boolean: (value) => expect(value, typeof value === "boolean", "Boolean"),
  time(value) {
    const seconds = expect<number>(value, typeof value === "number", "Timestamp");
    const date = new Date(seconds * 1000);
    if (Number.isNaN(date.getTime())) throw wrongType(value, "Timestamp");
    return date;
  },
  list(value) {
    if (Array.isArray(value)) return value as unknown[];
    throw typeof value === "object"
      ? new AwsError("SerializationException", "Start of structure or map found where not expected.")
      : wrongType(value, "List");
  },
  record(value) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    throw Array.isArray(value)
      ? new AwsError("SerializationException", "Start of list found where not expected")
      : wrongType(value, "Structure");
  },
};

function expect<T>(value: unknown, fits: boolean, wanted: string): T {
  if (!fits) throw wrongType(value, wanted);
  // `fits` is the type test of the caller.
  return value as T;
}

function wrongType(value: unknown, wanted: string): AwsError {
  const found =
    value === null ? "NULL" : Array.isArray(value) ? "LIST" : typeof value === "object" ? "STRUCTURE" : typeof value;
  return new AwsError("SerializationException", `${found.toUpperCase()}_VALUE can not be converted to a ${wanted}`);
}

/** Dates as epoch seconds with milliseconds, bytes as base64, no `undefined`, no NaN. */
export function renderJson(value: unknown): string {
  return JSON.stringify(encode(value) ?? {});
}

function encode(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encode(inner)]));
}
