import { Problem, type Exchange } from "../service/exchange.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The body as a JSON object; anything else is a 400 problem. */
export async function readObject(exchange: Exchange): Promise<Record<string, unknown>> {
  const text = await exchange.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, "The body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Problem(400, "The body must be a JSON object.");
  return { ...value };
}

/** A non-empty text of at most `max` characters. */
export function textField(body: Record<string, unknown>, name: string, max: number): string {
  const value = body[name];
  if (typeof value !== "string" || value.trim() === "") throw new Problem(400, `${name} must be a text.`);
  return boundedText(value.trim(), name, max);
}

/** PostgreSQL stores no NUL, so it is refused here. */
export function boundedText(value: string, name: string, max: number): string {
  if (value.length > max) throw new Problem(400, `${name} is longer than ${max} characters.`);
  if (value.includes("\0")) throw new Problem(400, `${name} contains a NUL character.`);
  return value;
}

export function quantityField(body: Record<string, unknown>): number {
  const value = body["quantity"] ?? 1;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 99) {
    throw new Problem(400, "quantity must be a whole number from 1 to 99.");
  }
  return value;
}

export function uuidParam(text: string | undefined, what: string): string {
  if (text === undefined || !uuid.test(text)) throw new Problem(400, `${what} must be a UUID.`);
  return text.toLowerCase();
}
