// The FHIR package: what SUSHI made, what the code made (`derived/`), a manifest and an index.
// https://confluence.hl7.org/display/FHIR/NPM+Package+Specification

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { archive } from "./archive.mjs";
import { CORE } from "./package-cache.mjs";

/**
 * Writes below `output`: `package/` (with snapshots, examples and schemas), the same as one archive,
 * and `committed/`, SUSHI's resources without snapshots. Returns how many there are of each type.
 */
export function writePackage({ generated, derived, output }) {
  const made = read(generated);
  const resources = [...made, ...read(join(derived, "resources"))].sort(byName);
  const examples = read(join(derived, "example"));
  const guide = made.find(({ resource }) => resource.resourceType === "ImplementationGuide").resource;
  const profiles = made.map(({ resource }) => resource).filter(isProfile);
  for (const { resource } of resources) {
    if (resource.resourceType === "CapabilityStatement") nameProfiles(resource, profiles);
  }
  const files = [
    ["package.json", json(manifest(guide))],
    [".index.json", json(index(resources))],
    ...resources.map(({ name, resource }) => [name, json(resource)]),
    ["example/.index.json", json(index(examples))],
    // As they are: a decimal would not survive being read and written.
    ...examples.map(({ name, bytes }) => [`example/${name}`, bytes]),
    ...read(join(derived, "schema")).map(({ name, bytes }) => [`other/${name}`, bytes]),
  ];
  for (const folder of ["example", "other"]) {
    mkdirSync(join(output, "package", folder), { recursive: true });
  }
  for (const [name, body] of files) writeFileSync(join(output, "package", name), body);
  const inArchive = files.map(([name, body]) => [`package/${name}`, body]);
  writeFileSync(join(output, `${guide.packageId}-${guide.version}.tgz`), archive(inArchive));
  writeCommitted(join(output, "committed"), made);
  return count(resources);
}

function read(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names
    .map((name) => {
      const bytes = readFileSync(join(folder, name));
      return { name, bytes, resource: JSON.parse(bytes) };
    })
    .sort(byName);
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

function isProfile({ resourceType, type, derivation }) {
  return resourceType === "StructureDefinition" && derivation === "constraint" && type !== "Extension";
}

/** The code that makes the statement knows no profiles; which there are, only the build knows. */
function nameProfiles(statement, profiles) {
  for (const offered of statement.rest.flatMap((rest) => rest.resource)) {
    const ours = profiles.filter(({ type }) => type === offered.type).map(({ url }) => url);
    if (ours.length > 0) offered.supportedProfile = ours.sort();
  }
}

function manifest(guide) {
  return {
    name: guide.packageId,
    version: guide.version,
    title: guide.title,
    description: guide.description,
    author: guide.publisher,
    canonical: guide.url.replace(/\/ImplementationGuide\/.*/, ""),
    fhirVersions: guide.fhirVersion,
    type: "fhir.ig",
    license: guide.license,
    dependencies: Object.fromEntries([
      [CORE.name, CORE.version],
      ...guide.dependsOn.map(({ packageId, version }) => [packageId, version]),
    ]),
    directories: { lib: "package", example: "example" },
  };
}

function index(files) {
  const rows = files.map(({ name: filename, resource }) => {
    const { resourceType, id, url, version, kind, type, derivation } = resource;
    // Of an example these members are elements of another meaning.
    if (url === undefined) return { filename, resourceType, id };
    return { filename, resourceType, id, url, version, kind, type, derivation };
  });
  return { "index-version": 2, files: rows };
}

function writeCommitted(folder, made) {
  mkdirSync(folder, { recursive: true });
  for (const { name, resource } of made) {
    const { snapshot, ...rest } = resource;
    writeFileSync(join(folder, name), json(rest));
  }
}

function count(resources) {
  const kinds = {};
  for (const { resource } of resources) {
    kinds[resource.resourceType] = (kinds[resource.resourceType] ?? 0) + 1;
  }
  return kinds;
}

function json(content) {
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}
