/**
 * First-load JavaScript of every page: the scripts that its build manifest names, gzipped. Prints a table and
 * exits 1 when a page is above the limit. Needs a build: `npm run build`.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

/** kB (1000 bytes), gzipped. React, Next and react-query alone are 147. */
export const limitKb = 200;

export type PageSize = { page: string; kb: number; scripts: number };

type BuildManifest = { rootMainFiles: string[]; polyfillFiles?: string[] };
type ClientManifest = { entryJSFiles?: Record<string, string[]> };

/** A page's client manifest is a script that assigns JSON to a global. */
function clientManifest(file: string): ClientManifest {
  const text = readFileSync(file, "utf8");
  const start = text.indexOf("] = ");
  return JSON.parse(text.slice(start + 4).replace(/;\s*$/, "")) as ClientManifest;
}

/** "(console)/services/[service]/page" under .next/server/app to "/services/[service]". */
function routeOf(file: string): string {
  const path = file.replace(/(^|\/)page_client-reference-manifest\.js$/, "");
  const segments = path.split("/").filter((segment) => segment !== "" && !/^\(.*\)$/.test(segment));
  return `/${segments.join("/")}`;
}

/** Sizes of all pages of a build, the largest first. Scripts for old browsers (nomodule) are not loaded by ours. */
export function pageSizes(dist: string): PageSize[] {
  const server = join(dist, "server", "app");
  const { rootMainFiles } = JSON.parse(readFileSync(join(dist, "build-manifest.json"), "utf8")) as BuildManifest;
  const sizes = new Map<string, number>();
  const size = (script: string) => {
    const known = sizes.get(script) ?? gzipSync(readFileSync(join(dist, script)), { level: 9 }).length;
    sizes.set(script, known);
    return known;
  };
  return readdirSync(server, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page_client-reference-manifest\.js$/.test(file) && !file.startsWith("_"))
    .map((file) => {
      const entries = Object.values(clientManifest(join(server, file)).entryJSFiles ?? {}).flat();
      const scripts = [...new Set([...rootMainFiles, ...entries])].filter((script) => script.endsWith(".js"));
      const bytes = scripts.reduce((sum, script) => sum + size(script), 0);
      return { page: routeOf(file), kb: bytes / 1000, scripts: scripts.length };
    })
    .sort((a, b) => b.kb - a.kb);
}

function main(): void {
  const dist = resolve(process.argv[2] ?? ".next");
  if (!existsSync(join(dist, "build-manifest.json"))) {
    console.error(`No build in ${dist}. Run npm run build first.`);
    process.exit(1);
  }
  const sizes = pageSizes(dist);
  const width = Math.max(...sizes.map(({ page }) => page.length));
  for (const { page, kb, scripts } of sizes) {
    const mark = kb > limitKb ? "  above the limit" : "";
    console.log(
      `${page.padEnd(width)}  ${kb.toFixed(1).padStart(6)} kB  ${String(scripts).padStart(3)} scripts${mark}`,
    );
  }
  const tooLarge = sizes.filter(({ kb }) => kb > limitKb).length;
  console.log(`${sizes.length} pages, limit ${limitKb} kB, ${tooLarge} above it`);
  if (tooLarge > 0 || sizes.length === 0) process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main();
