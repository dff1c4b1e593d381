import type { Lockfile } from "./lockfile.ts";
import { nameOf, productionPackages } from "./lockfile.ts";

/** Licences that ask for no more than that their text goes along, which every package brings itself. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
]);

/** Packages that may have another licence: which, and why that is fine. What they ask for is in docs/third-party.md. */
export const exceptions: { packages: RegExp; licence: string; why: string }[] = [
  { packages: /^geist$/, licence: "SIL OPEN FONT LICENSE", why: "fonts, embedded unchanged" },
  {
    packages: /^caniuse-lite$/,
    licence: "CC-BY-4.0",
    why: "data, used by Next while building; named in docs/third-party.md",
  },
  {
    packages: /^@img\/sharp-(libvips-|win32-|wasm32$)/,
    licence: "LGPL-3.0-or-later",
    why: "a library of its own that an optional dependency of Next loads; it can be replaced or left out, and no image is processed by it",
  },
];

/** Whether one of the alternatives of an SPDX expression is allowed as a whole. */
function isAllowed(expression: string, isFine: (licence: string) => boolean): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain.split(/\s+OR\s+/).some((alternative) => alternative.split(/\s+AND\s+/).every(isFine));
}

/** What speaks against the licences of what runs in production, one line per package. */
export function licenceComplaints(lockfile: Lockfile): string[] {
  const complaints = new Set<string>();
  for (const folder of productionPackages(lockfile).keys()) {
    const locked = lockfile.packages[folder];
    if (folder === "" || !locked) continue;
    const name = nameOf(folder, locked);
    const excepted = exceptions.filter(({ packages }) => packages.test(name)).map(({ licence }) => licence);
    const isFine = (licence: string) => allowed.has(licence) || excepted.includes(licence);
    const { license } = locked;
    if (!license) complaints.add(`${name}: says no licence`);
    else if (!excepted.includes(license) && !isAllowed(license, isFine)) complaints.add(`${name}: ${license}`);
  }
  return [...complaints].toSorted();
}
