import type { GetParametersByPathCommandInput, GetParametersByPathCommandOutput } from "@aws-sdk/client-ssm";
import type { Caller } from "../../../contract.ts";
import type { Answer } from "../../answer.ts";
import { invalid } from "../errors.ts";
import { page } from "../paging.ts";
import type { Parameters } from "../parameters.ts";
import { renderParameter } from "../render.ts";

const LARGEST_PAGE = 10;

/** Parameters directly below a path, or with `Recursive` anywhere below it. */
export function getParametersByPath(
  parameters: Parameters,
  input: GetParametersByPathCommandInput,
  caller: Caller,
): Answer<GetParametersByPathCommandOutput> {
  const { Path: path = "", Recursive: isRecursive = false, WithDecryption: isDecrypted = false } = input;
  if (!path.startsWith("/")) throw invalid("The parameter path must begin with '/'");
  const prefix = path.endsWith("/") ? path : `${path}/`;
  const found = parameters
    .list(caller)
    .filter(({ name }) => name.startsWith(prefix) && (isRecursive || !name.slice(prefix.length).includes("/")));
  const { items, next } = page(found, input, LARGEST_PAGE);
  return {
    Parameters: items.flatMap((parameter) =>
      parameter.versions.slice(-1).map((version) => renderParameter({ parameter, version, isDecrypted })),
    ),
    NextToken: next,
  };
}
