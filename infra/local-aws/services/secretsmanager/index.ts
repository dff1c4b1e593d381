import type { ServiceDefinition } from "../../contract.ts";
import { bind } from "../bind.ts";
import { actions } from "./actions/index.ts";
import type { Secrets } from "./secrets.ts";

/** Secrets Manager on the wire. */
export function secretsManager(secrets: Secrets): ServiceDefinition {
  return {
    name: "secretsmanager",
    protocol: "json-1.1",
    target: "secretsmanager",
    actions: bind(secrets, actions),
    writes: ["CreateSecret", "PutSecretValue", "DeleteSecret", "RestoreSecret"],
  };
}
