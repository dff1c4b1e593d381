import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DescribeParametersRequest,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersRequest,
  ParameterStringFilter,
  PutParameterRequest,
} from "@aws-sdk/client-ssm";
import { AwsError } from "../../contract.ts";
import type { Caller, ServiceDefinition } from "../../contract.ts";
import { bind } from "../bind.ts";
import { pageOf } from "../page.ts";
import { lookUp } from "./parameters.ts";
import type { Parameter, Parameters, ParameterVersion } from "./parameters.ts";

const TYPES = ["String", "StringList", "SecureString"];
const STANDARD_BYTES = 4_096;

const invalid = (message: string) => new AwsError("ValidationException", message);

function putParameter(parameters: Parameters, input: PutParameterRequest, caller: Caller) {
  const { Name: name = "", Value: value = "", Type: type, Description: description } = input;
  if (!/^[\w./-]{1,1011}$/.test(name) || (name.includes("/") && !name.startsWith("/")) || name.endsWith("/")) {
    throw invalid(
      `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
    );
  }
  if (value === "" || Buffer.byteLength(value) > STANDARD_BYTES)
    throw invalid(`Standard tier parameters support a maximum parameter value of ${STANDARD_BYTES} characters.`);
  const known = parameters.find(caller, name);
  if (known && !input.Overwrite) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  const kept = type ?? known?.versions.at(-1)?.type;
  if (kept === undefined) throw invalid("A parameter type is required when you create a parameter.");
  if (!TYPES.includes(kept))
    throw invalid(
      `1 validation error detected: Value '${kept}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [${TYPES.join(", ")}]`,
    );
  const version = parameters.put(caller, name, {
    value,
    type: kept,
    ...(description === undefined ? {} : { description }),
  });
  caller.record?.("changed", parameters.find(caller, name)?.arn);
  return { Version: version, Tier: "Standard" };
}

function shown(parameter: Parameter, version: ParameterVersion, isDecrypted: boolean, selector?: string) {
  const isHidden = version.type === "SecureString" && !isDecrypted;
  return {
    Name: parameter.name,
    Type: version.type,
    // What AWS would give is ciphertext: something, but not the value.
    Value: isHidden ? Buffer.from(`encrypted ${parameter.arn}:${version.version}`).toString("base64") : version.value,
    Version: version.version,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.changedAt),
    ARN: parameter.arn,
    DataType: "text",
  };
}

function read(parameters: Parameters, caller: Caller, name: string, isDecrypted: boolean) {
  const { parameter, version } = lookUp(parameters, caller, name);
  const selector = name.startsWith("arn:") ? undefined : name.split(":")[1];
  return shown(parameter, version, isDecrypted, selector);
}

function getParameter(parameters: Parameters, input: GetParameterRequest, caller: Caller) {
  return { Parameter: read(parameters, caller, input.Name ?? "", input.WithDecryption ?? false) };
}

function getParameters(parameters: Parameters, input: GetParametersRequest, caller: Caller) {
  const names = input.Names ?? [];
  if (names.length === 0 || names.length > 10)
    throw invalid(
      "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
  const found: ReturnType<typeof shown>[] = [];
  const unknown: string[] = [];
  for (const name of names) {
    try {
      found.push(read(parameters, caller, name, input.WithDecryption ?? false));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      unknown.push(name);
    }
  }
  return { Parameters: found, InvalidParameters: unknown };
}

function getParametersByPath(parameters: Parameters, input: GetParametersByPathRequest, caller: Caller) {
  const path = input.Path ?? "";
  if (!path.startsWith("/")) throw invalid("The parameter path must begin with '/'");
  const prefix = path.endsWith("/") ? path : `${path}/`;
  const found = parameters
    .list(caller)
    .filter(({ name }) => name.startsWith(prefix) && (input.Recursive || !name.slice(prefix.length).includes("/")));
  const { items, next } = pageOf(found, {
    token: input.NextToken,
    size: input.MaxResults,
    largest: 10,
    refuse: invalid,
  });
  const decrypted = input.WithDecryption ?? false;
  return {
    Parameters: items.flatMap((one) => one.versions.slice(-1).map((version) => shown(one, version, decrypted))),
    NextToken: next,
  };
}

function describeParameters(parameters: Parameters, input: DescribeParametersRequest, caller: Caller) {
  const filters = (input.ParameterFilters ?? []).map(filterOf);
  const found = parameters.list(caller).filter((parameter) => filters.every((fits) => fits(parameter)));
  const { items, next } = pageOf(found, {
    token: input.NextToken,
    size: input.MaxResults,
    largest: 50,
    refuse: invalid,
  });
  return {
    Parameters: items.flatMap((parameter) =>
      parameter.versions.slice(-1).map(({ type, version, changedAt, description }) => ({
        Name: parameter.name,
        ARN: parameter.arn,
        Type: type,
        ...(description === undefined ? {} : { Description: description }),
        LastModifiedDate: new Date(changedAt),
        Version: version,
        Tier: "Standard",
        DataType: "text",
      })),
    ),
    NextToken: next,
  };
}

function filterOf({ Key: key, Option: option = "Equals", Values: values = [] }: ParameterStringFilter) {
  const tests: Record<string, (text: string, value: string) => boolean> = {
    Equals: (text, value) => text === value,
    BeginsWith: (text, value) => text.startsWith(value),
    Contains: (text, value) => text.includes(value),
  };
  const test = Object.hasOwn(tests, option) ? tests[option] : undefined;
  if ((key !== "Name" && key !== "Type") || !test) {
    throw new AwsError(
      "InvalidFilterOption",
      `Local AWS filters parameters by Name or Type with ${Object.keys(tests).join(", ")}`,
    );
  }
  return (parameter: Parameter) => {
    const text = key === "Name" ? parameter.name : (parameter.versions.at(-1)?.type ?? "");
    return values.some((value) => test(text, value));
  };
}

function deleteParameter(parameters: Parameters, input: DeleteParameterRequest, caller: Caller) {
  if (!parameters.remove(caller, input.Name ?? "")) throw new AwsError("ParameterNotFound", "");
}

function deleteParameters(parameters: Parameters, input: DeleteParametersRequest, caller: Caller) {
  const names = input.Names ?? [];
  const deleted = names.filter((name) => parameters.remove(caller, name));
  caller.record?.(deleted.length > 0 ? "changed" : "none");
  return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
}

export function systemsManager(parameters: Parameters): ServiceDefinition {
  return {
    name: "ssm",
    protocol: "json-1.1",
    target: "AmazonSSM",
    actions: bind(parameters, {
      putParameter,
      getParameter,
      getParameters,
      getParametersByPath,
      describeParameters,
      deleteParameter,
      deleteParameters,
    }),
    writes: ["PutParameter", "DeleteParameter", "DeleteParameters"],
  };
}
