import { nameOf, productionPackages, type Lockfile } from "./lockfile.ts";

/** Where the bill of materials is kept, from the root of the repository. */
export const sbomFile = "docs/sbom.cdx.json";

const purlOf = (name: string, version: string) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

function hashesOf(integrity: string | undefined) {
  const [algorithm, value] = integrity?.split(" ")[0]?.split(/-(.*)/s) ?? [];
  if (algorithm !== "sha512" || !value) return {};
  return { hashes: [{ alg: "SHA-512", content: Buffer.from(value, "base64").toString("hex") }] };
}

/** An identifier or expression of SPDX as such, anything else as a name. */
function licensesOf(license: string | undefined) {
  if (!license) return {};
  if (/\s(AND|OR|WITH)\s/.test(license)) return { licenses: [{ expression: license }] };
  return { licenses: [{ license: /^[\w.+-]+$/.test(license) ? { id: license } : { name: license } }] };
}

/** What runs in production as CycloneDX 1.6. Made of the lockfile alone, without clock and chance: the same one gives the same text. */
export function renderSbom(lockfile: Lockfile): string {
  const production = productionPackages(lockfile);
  const refOf = (folder: string) => {
    const locked = lockfile.packages[folder];
    return locked && folder !== ""
      ? purlOf(nameOf(folder, locked), locked.version)
      : purlOf(lockfile.name, lockfile.version);
  };
  const components = new Map<string, object>();
  const needs = new Map<string, Set<string>>();
  for (const [folder, folders] of production) {
    const ref = refOf(folder);
    const known = needs.get(ref) ?? new Set();
    needs.set(ref, new Set([...known, ...folders.map(refOf)]));
    const locked = lockfile.packages[folder];
    if (folder === "" || !locked) continue;
    const { version, license, integrity, optional } = locked;
    components.set(ref, {
      type: "library",
      "bom-ref": ref,
      name: nameOf(folder, locked),
      version,
      scope: optional ? "optional" : "required",
      ...hashesOf(integrity),
      ...licensesOf(license),
      purl: ref,
    });
  }
  const { name, version } = lockfile;
  const ref = refOf("");
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      lifecycles: [{ phase: "pre-build" }],
      component: {
        type: "application",
        "bom-ref": ref,
        name,
        version,
        ...licensesOf(lockfile.packages[""]?.license),
        purl: ref,
      },
    },
    components: [...components.keys()].toSorted().map((one) => components.get(one)),
    dependencies: [...needs.keys()]
      .toSorted()
      .map((one) => ({ ref: one, dependsOn: [...(needs.get(one) ?? [])].toSorted() })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
