import type { ServiceDefinition } from "../../contract.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import type { Parameters } from "./parameters.ts";

/** Systems Manager: its parameter store. */
export function systemsManager(parameters: Parameters): ServiceDefinition {
  return {
    name: "ssm",
    protocol: "json-1.1",
    target: "AmazonSSM",
    actions: bind(parameters, actions),
    writes: ["PutParameter", "DeleteParameter", "DeleteParameters"],
  };
}
