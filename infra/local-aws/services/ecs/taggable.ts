import { isOwn } from "../place.ts";
import type { Caller } from "../../contract.ts";
import type { Engine } from "./engine.ts";
import { clusterNotFound, invalid, serviceNotFound } from "./errors.ts";

/** Refuses an ARN that is not a cluster, service, task or task definition of the caller. */
export function requireTaggable({ state }: Engine, caller: Caller, arn: string | undefined): string {
  const kind = /^arn:aws:ecs:[^:]+:\d+:(cluster|service|task|task-definition)\//.exec(arn ?? "")?.[1];
  if (arn === undefined || kind === undefined) throw invalid("Invalid resource ARN.");
  const isVisible = isOwn(caller, arn);
  if (kind === "cluster" && !(isVisible && state.clusters[arn])) throw clusterNotFound();
  if (kind === "service" && !(isVisible && state.services[arn])) throw serviceNotFound();
  const found = kind === "task" ? state.tasks[arn] : kind === "task-definition" ? state.definitions[arn] : true;
  if (!isVisible || !found) throw invalid("The specified resource was not found.");
  return arn;
}
