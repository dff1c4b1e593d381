import type {
  ListTaskDefinitionFamiliesCommandInput,
  ListTaskDefinitionFamiliesCommandOutput,
} from "@aws-sdk/client-ecs";
import type { Caller, World } from "../../../contract.ts";
import { isOwn } from "../../place.ts";
import { engineOf } from "../engine.ts";
import { pageOf } from "../paging.ts";
import type { Answer } from "../../answer.ts";

/** A family is ACTIVE while one of its revisions is. */
export function listTaskDefinitionFamilies(
  world: World,
  { familyPrefix = "", status = "ALL", ...page }: ListTaskDefinitionFamiliesCommandInput,
  caller: Caller,
): Answer<ListTaskDefinitionFamiliesCommandOutput> {
  const own = Object.values(engineOf(world).state.definitions).filter(({ arn }) => isOwn(caller, arn));
  const active = new Set(own.filter((definition) => definition.status === "ACTIVE").map(({ family }) => family));
  const families = [...new Set(own.map(({ family }) => family))]
    .filter((family) => family.startsWith(familyPrefix))
    .filter((family) => status === "ALL" || active.has(family) === (status === "ACTIVE"))
    .sort();
  const { items, ...rest } = pageOf(families, page, { standard: 100 });
  return { families: items, ...rest };
}
