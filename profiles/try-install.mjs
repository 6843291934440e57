#!/usr/bin/env node
// Installs the archive of the last build in an empty FHIR cache and builds a project on top of it.
//
//   node profiles/try-install.mjs ARCHIVE FOLDER
//
// FOLDER gets the cache (`home/`) and the project (`project/`). Exit codes: 0 SUSHI found nothing
// wrong; 1 it did; 3 nl-core is not at hand.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { fillCache, findNlCore } from "./package-cache.mjs";
import { sushi } from "./sushi.mjs";
import { NL_CORE_PLACE, R4_EXAMPLES, SUSHI, SUSHI_VERSION } from "./tools.mjs";

const [archive, folder] = process.argv.slice(2);
const home = join(folder, "home");
const project = join(folder, "project");

function install() {
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked, { recursive: true });
  execFileSync("tar", ["-xzf", archive, "-C", unpacked]);
  const manifest = JSON.parse(readFileSync(join(unpacked, "package", "package.json"), "utf8"));
  const place = join(home, ".fhir", "packages", `${manifest.name}#${manifest.version}`);
  mkdirSync(place, { recursive: true });
  execFileSync("tar", ["-xzf", archive, "-C", place]);
  return manifest;
}

function writeProject({ name, version, fhirVersions }) {
  const config = {
    canonical: "https://supplier.example/fhir",
    status: "draft",
    version: "1.0.0",
    fhirVersion: fhirVersions[0],
    FSHOnly: true,
    dependencies: { [name]: version },
  };
  const profile = `Profile: SupplierPatient
Parent: https://mesozorg.example/fhir/StructureDefinition/meso-patient
Id: supplier-patient
Title: "Patient of a supplier"
Description: "A profile on top of ours, to show that the package installs."
* telecom 1..*

Instance: supplier-role
InstanceOf: https://mesozorg.example/fhir/StructureDefinition/meso-practitioner-role
Usage: #example
* identifier.system = "https://supplier.example/number"
* identifier.value = "1"
* practitioner = Reference(Practitioner/1)
* organization = Reference(Organization/1)
* code = https://mesozorg.example/fhir/CodeSystem/professional-function#meso-so
`;
  mkdirSync(join(project, "input", "fsh"), { recursive: true });
  // JSON is YAML.
  writeFileSync(join(project, "sushi-config.yaml"), JSON.stringify(config, null, 2));
  writeFileSync(join(project, "input", "fsh", "supplier.fsh"), profile);
}

const nlCore = findNlCore(NL_CORE_PLACE);
if (nlCore === undefined) process.exit(3);
fillCache(home, { examples: R4_EXAMPLES, nlCore });
writeProject(install());
const output = join(folder, "output");
mkdirSync(output, { recursive: true });
const found = await sushi({ program: SUSHI, version: SUSHI_VERSION, home, project, output });
console.log(found.text);
process.exit(found.errors + found.warnings > 0 ? 1 : 0);
