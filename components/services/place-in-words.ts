import type { TargetDto } from "#server/services/schema.ts";

/** Tells a target from the others of its environment: "qkart-staging-eu, eu-central-1". */
export function placeInWords({ cluster, region }: Pick<TargetDto, "cluster" | "region">): string {
  return `${cluster}, ${region}`;
}
