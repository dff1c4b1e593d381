import { query } from "../../core/query.ts";
import type { Db, Tx } from "../../db/client.ts";
import { environmentRefOf } from "../../environments/queries.ts";
import { diff, parity } from "../rules.ts";
import { diffInput, parityInput, type VariableDto } from "../schema.ts";
import { entriesOf, findPlace, findVersion, newestVersion, type Place } from "./versions.ts";

async function entriesAt(on: Db | Tx, place: Place, number: number): Promise<VariableDto[]> {
  return number === 0 ? [] : entriesOf(on, (await findVersion(on, place, number)).id);
}

/** What differs between two versions in one place. */
export const diffVersions = query({
  name: "diffConfigVersions",
  permission: "all:read",
  input: diffInput,
  async run({ db }, { from, to: wanted, ...reference }) {
    const place = await findPlace(db, reference);
    const to = wanted ?? (await newestVersion(db, place))?.number ?? 0;
    return { from, to, differences: diff(await entriesAt(db, place, from), await entriesAt(db, place, to)) };
  },
});

/** How the newest variables of a service in one environment compare with those in another. */
export const compareEnvironments = query({
  name: "compareVariables",
  permission: "all:read",
  input: parityInput,
  async run({ db }, { with: other, service, environment }) {
    const here = await findPlace(db, { service, environment });
    const there = await findPlace(db, { service, environment: other });
    const side = async (place: Place) => ({
      slug: place.environment.slug,
      entries: await entriesOf(db, (await newestVersion(db, place))?.id),
    });
    return {
      environment: environmentRefOf(here.environment),
      with: environmentRefOf(there.environment),
      ...parity(await side(here), await side(there)),
    };
  },
});
