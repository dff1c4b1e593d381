import type { ListTaskDefinitionsCommandInput, ListTaskDefinitionsCommandOutput } from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { pageOf } from "../paging.ts";
import type { Answer } from "../../answer.ts";

/** Ordered by family, then by revision; `familyPrefix` is, despite its name, the whole family. */
export function listTaskDefinitions(
  world: World,
  { familyPrefix, status = "ACTIVE", sort = "ASC", ...page }: ListTaskDefinitionsCommandInput,
  caller: Caller,
): Answer<ListTaskDefinitionsCommandOutput> {
  const arns = Object.values(engineOf(world).state.definitions)
    .filter((definition) => isOwn(caller, definition.arn) && definition.status === status)
    .filter(({ family }) => familyPrefix === undefined || family === familyPrefix)
    .sort((a, b) => (a.family === b.family ? a.revision - b.revision : a.family < b.family ? -1 : 1))
    .map(({ arn }) => arn);
  const { items, ...rest } = pageOf(sort === "DESC" ? arns.reverse() : arns, page, { standard: 100 });
  return { taskDefinitionArns: items, ...rest };
}
