import type { Ctx } from "#server/core/context.ts";
import { examineEnvironment } from "#server/deployments/queries/examine.ts";
import type { ExaminationDto } from "#server/deployments/schema.ts";

/** Examines every target of an environment, however many there are, page by page. */
export async function examineAll(ctx: Ctx, environment: string): Promise<ExaminationDto> {
  let page = await examineEnvironment(ctx, { environment });
  const targets = [...page.targets];
  while (page.next !== null) {
    page = await examineEnvironment(ctx, { environment, cursor: page.next });
    targets.push(...page.targets);
  }
  return { ...page, targets };
}
