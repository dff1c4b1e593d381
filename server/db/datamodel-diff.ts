import type { DiffTarget } from "@prisma/schema-engine-wasm";
import { openSchemaEngine } from "./schema-engine.ts";

/** A Prisma data model as text; undefined is the empty one. */
type Datamodel = string | undefined;

/**
 * SQL that turns the tables of one data model into those of another. The two are compared as text, because
 * introspection of a live database fails on "char" columns: `url` may be any PostgreSQL, which is asked for its version.
 */
export async function diffDatamodels({
  url,
  from,
  to,
}: {
  url: string;
  from: Datamodel;
  to: Datamodel;
}): Promise<string> {
  const { engine, close } = await openSchemaEngine(url);
  try {
    const filters = { externalTables: [], externalEnums: [] };
    const result = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null, filters });
    return result.stdout ?? "";
  } finally {
    await close();
  }
}

function target(datamodel: Datamodel): DiffTarget {
  if (datamodel === undefined) return { tag: "empty" };
  return { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: datamodel }] };
}
