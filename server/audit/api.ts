import { operation } from "../api/procedure.ts";
import { getAuditChain, listAudit } from "./queries.ts";
import { auditChainDto, auditPage } from "./schema.ts";

const tag = "audit";

export const auditRouter = {
  list: operation(listAudit, { method: "GET", path: "/audit", summary: "Who did what, newest first", tag }, auditPage),
  chain: operation(
    getAuditChain,
    { method: "GET", path: "/audit/chain", summary: "How far the audit log is sealed", tag },
    auditChainDto,
  ),
};
