import { shortArn } from "../ports.ts";
import type { Gate } from "./gate.ts";

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
      const facts = [{ label: "Runs, or is brought", value: shortArn(brings) }];
      return { result: "pass", reason: "No rollout from outside the portal is under way.", facts };
    }
    return {
      result: "fail",
      reason: `A rollout that was started outside the portal is under way: it brings ${shortArn(brings)}, and would be stopped half way.`,
      facts: [
        { label: "Brings", value: shortArn(brings), ok: false },
        { label: "Service deployment", value: shortArn(service.currentRolloutArn) },
        { label: "Known to run", value: shortArn(known) },
      ],
    };
  },
};
