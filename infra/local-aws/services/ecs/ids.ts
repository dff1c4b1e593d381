import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Like a task's id: 32 hexadecimal digits. */
export const hexId = (): string => randomBytes(16).toString("hex");

/** Like the digits of `ecs-svc/…` and of a service revision. */
export const digits = (): string => String(randomInt(1, 10)) + Array.from({ length: 18 }, () => randomInt(10)).join("");

/** Like a service deployment's id: 21 URL-safe characters. */
export const shortId = (): string => randomBytes(16).toString("base64url").slice(0, 21);

export const eventId = (): string => randomUUID();
