import { z } from "zod";
import { actorDto } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { serviceRef } from "../services/schema.ts";

export const changeDto = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.string(),
  source: z.string(),
  title: z.string(),
  service: serviceRef.nullable(),
  environment: environmentRef.nullable(),
  actor: actorDto,
  subject: z.object({ kind: z.string(), id: z.string() }),
  outcome: z.string().nullable().describe("Status of the deployment that it is about, as of now"),
  undo: z
    .object({
      deploymentId: z.string(),
      variables: z
        .number()
        .int()
        .nullable()
        .describe("Config version that comes back, when variables alone are undone"),
    })
    .nullable()
    .describe("What to roll back to undo it; null when nothing is left to undo"),
  scaleBack: z
    .object({ target: z.string(), from: z.number().int(), to: z.number().int() })
    .nullable()
    .describe("Scaling that undoes it, while the number of tasks is still the one that it brought"),
});
export type ChangeDto = z.infer<typeof changeDto>;

export const listChangesInput = z.object({
  service: reference.optional(),
  environment: reference.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  ...pageInput({ most: 100, usual: 50 }),
});
export const changePage = pageOf(changeDto);
