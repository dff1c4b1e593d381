import type {
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
} from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { renderServiceDeployment } from "../render/service-deployment.ts";
import type { Answer } from "../../answer.ts";

const MOST = 20;

/** Up to 20 service deployments. */
export function describeServiceDeployments(
  world: World,
  { serviceDeploymentArns: arns = [] }: DescribeServiceDeploymentsCommandInput,
  caller: Caller,
): Answer<DescribeServiceDeploymentsCommandOutput> {
  if (arns.length === 0) throw invalid("serviceDeploymentArns cannot be empty.");
  if (arns.length > MOST) throw invalid(`serviceDeploymentArns cannot have more than ${MOST} elements.`);
  const { deployments } = engineOf(world).state;
  const found = arns.map((arn) => (isOwn(caller, arn) ? deployments[arn] : undefined));
  return {
    serviceDeployments: found.filter((deployment) => deployment !== undefined).map(renderServiceDeployment),
    failures: arns.filter((_, index) => !found[index]).map((arn) => ({ arn, reason: "MISSING" })),
  };
}
