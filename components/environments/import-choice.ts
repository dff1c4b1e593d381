import type { DiscoveredDto } from "#server/services/schema.ts";

/** What somebody chose for one ECS service. */
export type Choice = { isChosen: boolean; service: string; workload: "web" | "worker"; autoscaled: boolean };

export const keyOf = ({ cluster, ecsService }: Pick<DiscoveredDto, "cluster" | "ecsService">): string =>
  `${cluster}/${ecsService}`;

/** Why an ECS service cannot be chosen; undefined when it can. */
export function whyNotChosen({ known, importable }: Pick<DiscoveredDto, "known" | "importable">): string | undefined {
  if (known) return `It is ${known.service} in ${known.environment} already.`;
  return importable === true ? undefined : importable;
}

/** Nothing is chosen until somebody does. */
export function proposal({ proposed }: DiscoveredDto): Choice {
  return {
    isChosen: false,
    service: proposed.service,
    workload: proposed.workload === "web" ? "web" : "worker",
    autoscaled: false,
  };
}

/** The API's input for what was chosen. */
export function chosenServices(services: readonly DiscoveredDto[], choices: ReadonlyMap<string, Choice>) {
  return services.flatMap((found) => {
    const choice = choices.get(keyOf(found));
    if (!choice?.isChosen || whyNotChosen(found)) return [];
    const { service, workload, autoscaled } = choice;
    const { cluster, ecsService, targetGroupArn, url } = found;
    return [
      {
        service,
        workload,
        autoscaled,
        cluster,
        ecsService,
        ...(targetGroupArn ? { targetGroupArn } : {}),
        ...(url ? { url } : {}),
      },
    ];
  });
}
