import { z } from "zod";
import { actorDto, permit } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { serviceRef } from "../services/schema.ts";

/** What a lock keeps still. What is null is not narrowed: without any, it is everything. */
export const lockScope = z.object({
  environment: environmentRef.nullable(),
  service: serviceRef.nullable(),
  target: z.object({ id: z.string(), cluster: z.string(), region: z.string() }).nullable(),
});

export const lockDto = lockScope.extend({
  id: z.string(),
  reason: z.string(),
  words: z.string().describe("Who locked what, why, and until when, in one sentence"),
  createdBy: actorDto,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  liftedAt: z.iso.datetime().nullable(),
  isOpen: z.boolean().describe("Neither lifted nor expired"),
  can: z.object({ lift: permit }),
});
export type LockDto = z.infer<typeof lockDto>;

export const listLocksInput = z.object({
  service: reference.optional().describe("Locks that count for this service, wider ones among them"),
  environment: reference.optional().describe("Locks that count in this environment, wider ones among them"),
  state: z.enum(["open", "all"]).default("open"),
  ...pageInput({ most: 100, usual: 50 }),
});
export const lockPage = pageOf(lockDto);

/** The longest that a lock may be made for, in days; one without an end is lifted by a person. */
export const longestLockDays = 90;

export const createLockInput = z.object({
  service: reference.optional().describe("Id or slug; absent: every service"),
  environment: reference.optional().describe("Id or slug; absent: every environment"),
  target: reference.optional().describe("Id of one target; service and environment are then its own"),
  reason: text(500, 1),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe("When it ends by itself; absent: when it is lifted"),
});

export const liftLockInput = z.object({ lock: reference, reason: text(500).default("") });
