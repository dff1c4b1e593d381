import { cutPage } from "../../core/page.ts";
import { query } from "../../core/query.ts";
import { findEnvironment } from "../../environments/queries.ts";
import { findService } from "../../services/queries.ts";
import { activeStatuses, endedStatuses, listDeploymentsInput } from "../schema.ts";
import { summariesOf, summaryInclude } from "./summary.ts";

function statuses(status: string | undefined): string[] | undefined {
  if (status === "active") return [...activeStatuses];
  if (status === "ended") return [...endedStatuses];
  return status ? [status] : undefined;
}

/** Deployments, newest first, page by page. */
export const listDeployments = query({
  name: "listDeployments",
  permission: "all:read",
  input: listDeploymentsInput,
  async run({ db }, input) {
    const serviceId = input.service ? (await findService(db, input.service)).id : undefined;
    const environmentId = input.environment ? (await findEnvironment(db, input.environment)).id : undefined;
    const wanted = statuses(input.status);
    const rows = await db.deployment.findMany({
      where: {
        ...(serviceId ? { serviceId } : {}),
        ...(environmentId ? { environmentId } : {}),
        ...(wanted ? { status: { in: wanted } } : {}),
        ...(input.cursor ? { id: { lt: input.cursor } } : {}),
      },
      include: summaryInclude,
      orderBy: { id: "desc" },
      take: input.limit + 1,
    });
    const page = cutPage(rows, input.limit);
    return { items: await summariesOf(db, page.rows), next: page.next };
  },
});
