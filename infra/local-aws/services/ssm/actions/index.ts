import { deleteParameter } from "./delete-parameter.ts";
import { deleteParameters } from "./delete-parameters.ts";
import { describeParameters } from "./describe-parameters.ts";
import { getParameter } from "./get-parameter.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { getParameters } from "./get-parameters.ts";
import { putParameter } from "./put-parameter.ts";

/** Actions of SSM by their AWS name; each is the file of that name. */
export const actions = {
  DeleteParameter: deleteParameter,
  DeleteParameters: deleteParameters,
  DescribeParameters: describeParameters,
  GetParameter: getParameter,
  GetParametersByPath: getParametersByPath,
  GetParameters: getParameters,
  PutParameter: putParameter,
};
