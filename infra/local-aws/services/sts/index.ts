import type { ServiceDefinition } from "../../contract.ts";
import { actions } from "./actions/index.ts";

/** STS on the wire. */
export const service: ServiceDefinition = { name: "sts", protocol: "query", target: "2011-06-15", actions };
