/** A whole number below 2^32 that depends on its arguments alone and looks random. */
export function scatter(number: number, salt: number): number {
  let mixed = (number ^ Math.imul(salt, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A number from 0 up to 1 that depends on its arguments alone. */
export const chance = (number: number, salt: number): number => scatter(number, salt) / 2 ** 32;

const hex8 = (number: number) => number.toString(16).padStart(8, "0");

/**
 * An id as `newId` makes them, from a moment (epoch milliseconds) and a number below 2^32: a prefix and a UUIDv7 without
 * dashes, the moment first, so that ids are in the order of time. Equal arguments give equal ids.
 */
export function idAt(prefix: string, ms: number, number: number): string {
  const salt = prefix.charCodeAt(0) * 65_536 + prefix.charCodeAt(1) * 256 + prefix.charCodeAt(2);
  const rest = hex8(scatter(number, salt)) + hex8(scatter(number, salt + 1)) + hex8(scatter(number, salt + 2));
  return `${prefix}_${ms.toString(16).padStart(12, "0")}7${rest.slice(0, 3)}8${rest.slice(3, 18)}`;
}
