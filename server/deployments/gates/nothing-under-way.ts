import type { Gate } from "./gate.ts";

const shortName = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);

/** ECS has no lock: a newer UpdateService stops the rollout that somebody began outside the portal, half way. */
export const gate: Gate = {
  name: "nothing-under-way",
  title: "Nobody else is rolling out",
  runsOnRollback: false,
  overridable: true,

  async evaluate({ service, knownTaskDefinitionArn: known, isFollowed }) {
    const brings = service.taskDefinitionArn;
    const isOutside = known !== null && brings !== known && !isFollowed;
    if (service.currentRolloutArn === null || !isOutside) {
      const facts = [{ label: "Runs, or is brought", value: shortName(brings) }];
      return { result: "pass", reason: "No rollout from outside the portal is under way.", facts };
    }
    return {
      result: "fail",
      reason: `A rollout that was started outside the portal is under way: it brings ${shortName(brings)}, and would be stopped half way.`,
      facts: [
        { label: "Brings", value: shortName(brings), ok: false },
        { label: "Service deployment", value: shortName(service.currentRolloutArn) },
        { label: "Known to run", value: shortName(known) },
      ],
    };
  },
};
