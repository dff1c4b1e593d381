import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from } from "pg-copy-streams";
import { drawDeployments, placeOf, type Drawn } from "./drawn.ts";
import { idAt } from "./numbers.ts";
import { scratch, type Size } from "./scratch.ts";

/** A service in an environment, and who deploys, as rows refer to them; by number, beginning at one. */
type Spot = {
  service_no: number;
  environment_no: number;
  service_id: string;
  slug: string;
  environment_id: string;
  environment: string;
  target_id: string;
};
type Known = { spots: Map<number, Spot>; people: Map<number, string> };

/** What was built, in the order in which it was deployed first. */
type Build = { service: number; release: number; at: number; person: number };

const leadMs = 5 * 60_000;
const spotKey = (service: number, environment: number) => service * 4 + environment;

/**
 * Writes one row for each deployment, in the order of time and with every id that the tables need, and one for each
 * release, so that each table is filled from these by one statement.
 */
export async function makePlan(client: pg.Client, size: Size): Promise<void> {
  await client.query(`
    create unlogged table ${scratch}.plan (i bigint, place_no int, ms bigint, at timestamptz, environment text, release_no int, from_no int, kind text, status text,
      seconds int, newest int, slug text, service_id text, environment_id text, target_id text, release_id text, from_id text,
      user_id text, id text, run_id text, before_id text);
    create unlogged table ${scratch}.releases (service_no int, release_no int, ms bigint, at timestamptz, service_id text, slug text, id text, user_id text)`);
  const known = await readPlaces(client);
  const builds: Build[] = [];
  await copyInto(client, "plan", planRows({ size, now: Date.now(), known, builds }));
  await copyInto(client, "releases", releaseRows(builds, known));
  await client.query(`analyze ${scratch}.plan, ${scratch}.releases`);
}

async function readPlaces(client: pg.Client): Promise<Known> {
  const spots = await client
    .query<Spot>(
      `
    create unlogged table ${scratch}.spots as
      select dense_rank() over (order by v.id)::int as service_no, n.environment_no, v.id as service_id, v.slug,
             e.id as environment_id, e.slug as environment, t.id as target_id
        from (values (1, 'development'), (2, 'staging'), (3, 'production')) n (environment_no, slug)
        join environments e on e.slug = n.slug join targets t on t.environment_id = e.id
        join services v on v.id = t.service_id and v.slug like 'service-%'`,
    )
    .then(() => client.query<Spot>(`select * from ${scratch}.spots`));
  const people = await client.query<{ person: number; id: string }>(
    "select substr(email, 8, strpos(email, '@') - 8)::int as person, id from users where email like 'person-%@load.example'",
  );
  return {
    spots: new Map(spots.rows.map((row) => [spotKey(row.service_no, row.environment_no), row])),
    people: new Map(people.rows.map(({ person, id }) => [person, id])),
  };
}

type Making = { size: Size; now: number; known: Known; builds: Build[] };

/** How often each place is deployed to, so that the newest ones can be told while the oldest are written. */
function timesEach(size: Size): Uint32Array {
  const times = new Uint32Array((size.services + 1) * 4);
  for (let i = 1; i <= size.deployments; i += 1) {
    const { service, environment } = placeOf(i, size);
    times[spotKey(service, environment)]! += 1;
  }
  return times;
}

function* planRows({ size, now, known, builds }: Making): Generator<unknown[]> {
  const left = timesEach(size);
  const builtAt: number[][] = [];
  const atOf = new Float64Array(size.deployments + 1);
  const releaseId = (service: number, release: number) =>
    idAt("rel", builtAt[service]?.[release] ?? 0, service * 1_000_000 + release);
  const noteBuild = ({ service, release, at, person }: Drawn) => {
    const times = (builtAt[service] ??= []);
    if (times[release] !== undefined) return;
    times[release] = at - leadMs;
    builds.push({ service, release, at: at - leadMs, person });
  };
  let i = 0;
  for (const drawn of drawDeployments(size, now)) {
    i += 1;
    const { at, service, environment, release, person } = drawn;
    const key = spotKey(service, environment);
    const spot = known.spots.get(key);
    if (!spot) throw new Error(`There is no place ${key}.`);
    noteBuild(drawn);
    atOf[i] = at;
    const before = drawn.isRollback && drawn.before ? idAt("dep", atOf[drawn.before] ?? 0, drawn.before) : null;
    yield [
      ...[
        i,
        key,
        at,
        new Date(at).toISOString(),
        spot.environment,
        release,
        drawn.from || null,
        drawn.isRollback ? "rollback" : "deploy",
        drawn.status,
      ],
      ...[
        drawn.seconds,
        left[key],
        spot.slug,
        spot.service_id,
        spot.environment_id,
        spot.target_id,
        releaseId(service, release),
      ],
      ...[
        drawn.from ? releaseId(service, drawn.from) : null,
        known.people.get(person),
        idAt("dep", at, i),
        idAt("dtg", at, i),
        before,
      ],
    ];
    left[key]! -= 1;
  }
}

function* releaseRows(builds: readonly Build[], { spots, people }: Known): Generator<unknown[]> {
  for (const { service, release, at, person } of builds) {
    const spot = spots.get(spotKey(service, 1));
    const id = idAt("rel", at, service * 1_000_000 + release);
    yield [service, release, at, new Date(at).toISOString(), spot?.service_id, spot?.slug, id, people.get(person)];
  }
}

const rowsAtOnce = 500;

/** Rows as COPY reads them, some hundred at a time. Values hold no tabs, line ends or backslashes. */
function* copyText(rows: Iterable<unknown[]>): Generator<string> {
  let text = "";
  let held = 0;
  for (const row of rows) {
    text += `${row.map((value) => value ?? "\\N").join("\t")}\n`;
    held += 1;
    if (held < rowsAtOnce) continue;
    yield text;
    [text, held] = ["", 0];
  }
  if (text) yield text;
}

async function copyInto(client: pg.Client, table: string, rows: Iterable<unknown[]>): Promise<void> {
  await pipeline(Readable.from(copyText(rows)), client.query(from(`copy ${scratch}.${table} from stdin`)));
}
