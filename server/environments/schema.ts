import { z } from "zod";
import { environmentKinds } from "../core/permissions.ts";
import { reference, slug, text } from "../core/text.ts";

export const environmentKind = z.enum(environmentKinds);

export const environmentRef = z.object({ id: z.string(), slug: z.string(), name: z.string(), kind: environmentKind });
export type EnvironmentRef = z.infer<typeof environmentRef>;

export const environmentDto = environmentRef.extend({ position: z.number().int(), targets: z.number().int() });
export type EnvironmentDto = z.infer<typeof environmentDto>;

export const listEnvironmentsInput = z.object({});
export const getEnvironmentInput = z.object({ environment: reference.describe("Id or slug") });

export const createEnvironmentInput = z.object({
  slug: slug.describe("Name in URLs, such as production-eu"),
  name: text(80, 1),
  kind: environmentKind,
  position: z.number().int().min(0).max(1000).default(100).describe("Order of promotion, smallest first"),
});
