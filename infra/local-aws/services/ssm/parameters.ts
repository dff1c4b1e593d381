import type { ParameterType } from "@aws-sdk/client-ssm";
import { AwsError } from "../../contract.ts";
import type { Place } from "../../contract.ts";
import type { Core } from "../../world.ts";
import { arn, homeKey } from "../place.ts";
import { parameterNotFound } from "./errors.ts";

export type ParameterVersion = {
  version: number;
  value: string;
  type: ParameterType;
  changedAt: number;
  description?: string;
};
export type Parameter = { name: string; arn: string; versions: ParameterVersion[] };

const DOCUMENT = "ssm";
/** As on AWS: the oldest version goes when a hundred and first comes. */
const KEPT_VERSIONS = 100;

export type Parameters = {
  list(place: Place): Parameter[];
  find(place: Place, name: string): Parameter | undefined;
  put(place: Place, name: string, version: Omit<ParameterVersion, "version" | "changedAt">): number;
  remove(place: Place, name: string): boolean;
};

export function createParameters(core: Core): Parameters {
  const saved = core.store.document<{ homes: Record<string, Record<string, Parameter>> }>(DOCUMENT, () => ({
    homes: {},
  }));
  const home = (place: Place) => (saved.homes[homeKey(place)] ??= {});
  const find = (place: Place, name: string) => (Object.hasOwn(home(place), name) ? home(place)[name] : undefined);
  return {
    list: (place) => Object.values(home(place)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    find,
    put(place, name, version) {
      // A hierarchy's own slash is the one after `parameter`.
      const known = find(place, name) ?? {
        name,
        arn: arn("ssm", place, `parameter/${name.replace(/^\//, "")}`),
        versions: [],
      };
      const number = (known.versions.at(-1)?.version ?? 0) + 1;
      known.versions.push({ ...version, version: number, changedAt: core.clock.now() });
      known.versions.splice(0, known.versions.length - KEPT_VERSIONS);
      home(place)[name] = known;
      core.store.touch(DOCUMENT);
      return number;
    },
    remove(place, name) {
      const existed = find(place, name) !== undefined;
      delete home(place)[name];
      core.store.touch(DOCUMENT);
      return existed;
    },
  };
}

/** A parameter by name or ARN, with an optional `:version`. */
export function lookUp(
  parameters: Parameters,
  place: Place,
  reference: string,
): { parameter: Parameter; version: ParameterVersion } {
  const [, name = "", selector] = /^(arn:[^:]*:ssm:[^:]*:\d*:[^:]*|[^:]*)(?::(.+))?$/.exec(reference) ?? [];
  const parameter = name.startsWith("arn:")
    ? parameters.list(place).find((one) => one.arn === name)
    : parameters.find(place, name);
  if (!parameter) throw parameterNotFound();
  const version =
    selector === undefined
      ? parameter.versions.at(-1)
      : parameter.versions.find((one) => String(one.version) === selector);
  if (version) return { parameter, version };
  throw new AwsError(
    "ParameterVersionNotFound",
    `Systems Manager could not find version ${selector ?? ""} of ${name}. Verify the version and try again.`,
  );
}
