import type { DescribeServiceRevisionsCommandInput, DescribeServiceRevisionsCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { invalid } from "../errors.ts";
import { renderRevision } from "../render/service-deployment.ts";
import type { Answer } from "../../answer.ts";

const MOST = 20;

/** Up to 20 revisions. */
export function describeServiceRevisions(
  world: World,
  { serviceRevisionArns: arns = [] }: DescribeServiceRevisionsCommandInput,
  caller: Caller,
): Answer<DescribeServiceRevisionsCommandOutput> {
  if (arns.length === 0) throw invalid("serviceRevisionArns cannot be empty.");
  if (arns.length > MOST) throw invalid(`serviceRevisionArns cannot have more than ${MOST} elements.`);
  const { revisions } = engineOf(world).state;
  const found = arns.map((arn) => (isOwn(caller, arn) ? revisions[arn] : undefined));
  return {
    serviceRevisions: found.filter((revision) => revision !== undefined).map(renderRevision),
    failures: arns.filter((_, index) => !found[index]).map((arn) => ({ arn, reason: "MISSING" })),
  };
}
