import { shortArn } from "../ports.ts";
import type { Gate } from "./gate.ts";

/** ECS refuses UpdateService where something else deploys, such as CodeDeploy, or where the service is being deleted. */
export const gate: Gate = {
  name: "deployable",
  title: "ECS deploys the service itself",
  runsOnRollback: true,
  overridable: false,

  async evaluate({ service, placement }) {
    const isOk = service.deployable === true;
    const facts = [
      { label: "Service", value: placement.ecsService, ok: isOk },
      { label: "Runs", value: shortArn(service.taskDefinitionArn) },
    ];
    return service.deployable === true
      ? { result: "pass", reason: "The service is active, and ECS replaces its tasks.", facts }
      : { result: "fail", reason: `The portal cannot deploy to ${placement.ecsService}. ${service.deployable}`, facts };
  },
};
