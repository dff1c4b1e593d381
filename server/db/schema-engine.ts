import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const GLUE = "@prisma/schema-engine-wasm/schema_engine_bg";

/** The exports of the package's WebAssembly module that starting it needs. */
type EngineModule = WebAssembly.Exports & { __wbindgen_start(): void };

/** Prisma's migration engine on one connection; `close` ends both. */
export type OpenEngine = { engine: SchemaEngine; close(): Promise<void> };

/**
 * The package's glue is one per process, and a second start would take the module away under the first. Test runners
 * load this file once per project, so that a variable of its own would not do.
 */
const shared = globalThis as { quarterdeckSchemaEngine?: Promise<void> };

/**
 * Opens Prisma's own migration engine, as WebAssembly. The package's entry imports the .wasm file as a module,
 * which Node still announces as experimental on each start; here it is instantiated by hand.
 * @param prepare changes a script before it is sent; migrations pass through it whole.
 */
export async function openSchemaEngine(
  connectionString: string,
  prepare: (script: string) => string = (script) => script,
): Promise<OpenEngine> {
  await (shared.quarterdeckSchemaEngine ??= load());
  const pool = new pg.Pool({ connectionString, max: 1 });
  const datamodel = 'datasource db {\n  provider = "postgresql"\n}\n';
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool, prepare));
  const engine = await glue.SchemaEngine.new({ datamodels: [["schema.prisma", datamodel]] }, () => {}, adapter);
  const close = async () => {
    engine.free();
    await pool.end();
  };
  return { engine, close };
}

/** The adapter of the package cuts a script at every semicolon, also inside function bodies. */
class WholeScripts extends PrismaPg {
  readonly #pool: pg.Pool;
  readonly #prepare: (script: string) => string;

  constructor(pool: pg.Pool, prepare: (script: string) => string) {
    super(pool);
    this.#pool = pool;
    this.#prepare = prepare;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(this.#prepare(script)).catch((error: unknown) => {
        throw error instanceof pg.DatabaseError ? new DriverAdapterError(describe(error)) : error;
      });
    };
    return adapter;
  }
}

function describe(error: pg.DatabaseError) {
  const { code, severity, message, detail, column, hint } = error;
  return { kind: "postgres", code: code ?? "", severity: severity ?? "", message, detail, column, hint } as const;
}

async function load(): Promise<void> {
  const file = path.join(path.dirname(createRequire(import.meta.url).resolve(GLUE)), "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { "./schema_engine_bg.js": glue });
  const engine = instance.exports as EngineModule;
  glue.__wbg_set_wasm(engine);
  engine.__wbindgen_start();
}
