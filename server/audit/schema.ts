import { z } from "zod";
import { actorDto } from "../core/dto.ts";
import { pageInput, pageOf } from "../core/page.ts";
import { reference, text } from "../core/text.ts";
import { environmentRef } from "../environments/schema.ts";
import { serviceRef } from "../services/schema.ts";

export const auditEntryDto = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: actorDto,
  action: z.string().describe("noun.verb, such as deployment.create"),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  service: serviceRef.nullable(),
  environment: environmentRef.nullable(),
  reason: z.string().nullable(),
  changes: z.record(z.string(), z.unknown()).describe("Fields, each with before and after where both are known"),
  requestId: z.string().nullable(),
  sealed: z.boolean().describe("Part of the chain that shows tampering"),
});
export type AuditEntryDto = z.infer<typeof auditEntryDto>;

export const listAuditInput = z.object({
  actor: text(80).optional().describe("Id of a person or token"),
  action: text(80).optional().describe("One action, such as grant.create, or all of a noun: grant"),
  subject: text(80).optional().describe("Id of what was acted on"),
  service: reference.optional(),
  environment: reference.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  ...pageInput({ most: 100, usual: 50 }),
});
export type ListAuditInput = z.output<typeof listAuditInput>;
export const auditPage = pageOf(auditEntryDto);

export const auditChainInput = z.object({});
export const auditChainDto = z.object({
  sealed: z.number().int().describe("Entries in the chain"),
  unsealed: z.number().int().describe("Entries of the last day that wait to be sealed"),
  head: z.string().nullable().describe("Hash of the last seal"),
  sealedAt: z.iso.datetime().nullable(),
});
export type AuditChainDto = z.infer<typeof auditChainDto>;
