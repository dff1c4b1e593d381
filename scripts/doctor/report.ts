import type { ExaminationDto, FindingDto } from "#server/deployments/schema.ts";

const bad = ["denied", "failed"];

/** False when something is denied or failed, or when there was nothing to look at. */
export function isHealthy({ targets }: ExaminationDto): boolean {
  return targets.length > 0 && !targets.some(({ findings }) => findings.some((one) => bad.includes(one.result)));
}

function lines({ check, result, detail, policy }: FindingDto): string[] {
  const main = `  ${result.padEnd(8)} ${check}: ${detail}`;
  return policy ? [main, `           ${policy}`] : [main];
}

function summary({ targets }: ExaminationDto): string {
  const counts = Map.groupBy(
    targets.flatMap((one) => one.findings),
    (one) => one.result,
  );
  return [...counts].map(([result, all]) => `${all.length} ${result}`).join(", ");
}

/** An examination as lines of text: each check with its result and, where one is missing, the policy line to add. */
export function printed(examination: ExaminationDto): string[] {
  const { environment, targets } = examination;
  if (targets.length === 0) {
    return [`${environment.slug} has no targets yet, so there is nothing to look at. Add one, or import it from AWS.`];
  }
  const blocks = targets.flatMap(({ service, accountId, region, cluster, ecsService, findings }) => [
    `${service}: ${ecsService} in ${cluster}, account ${accountId}, ${region}`,
    ...findings.flatMap(lines),
    "",
  ]);
  const accounts = new Set(targets.map(({ accountId, region }) => `${accountId} ${region}`)).size;
  const looked = `${targets.length} target${targets.length === 1 ? "" : "s"}`;
  const where = accounts > 1 ? `, ${accounts} accounts and regions` : "";
  return [...blocks, `${environment.slug}: ${looked}${where}: ${summary(examination)}.`];
}
