// The FHIR package cache that SUSHI reads: `<home>/.fhir/packages/<name>#<version>/package/`.
//
// Three sources, none of them a FHIR package registry: the R4 core definitions from an npm package
// that carries them, nl-core from a local archive, and empty stubs for what SUSHI adds by itself.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const CORE = { name: "hl7.fhir.r4.core", version: "4.0.1" };
export const NL_CORE = { name: "nictiz.fhir.nl.r4.nl-core", version: "0.12.1-beta.1" };

// SUSHI adds these to every project with version "latest"; our sources use nothing of them.
export const STUBS = {
  "hl7.fhir.uv.extensions.r4": "0.0.1",
  "hl7.fhir.uv.tools.r4": "0.0.1",
  "hl7.terminology.r4": "0.0.1",
};

const CONFORMANCE =
  /^(StructureDefinition|ValueSet|CodeSystem|ConceptMap|NamingSystem|SearchParameter|OperationDefinition|CompartmentDefinition|CapabilityStatement|ImplementationGuide)-.+\.json$/;

/** Archive with nl-core in `place` (a folder or the file itself), or undefined. */
export function findNlCore(place) {
  if (!existsSync(place)) return undefined;
  if (!statSync(place).isDirectory()) return place;
  const prefix = `${NL_CORE.name}-${NL_CORE.version}`;
  const found = readdirSync(place).filter((n) => n.startsWith(prefix) && n.endsWith(".tgz"));
  return found.length === 0 ? undefined : join(place, found.sort()[0]);
}

/** Fill the cache below `home`; what is there already and unchanged is left alone. */
export function fillCache(home, { examples, nlCore }) {
  const packages = join(home, ".fhir", "packages");
  place(packages, CORE, `${CORE.name}#${CORE.version} from npm`, (folder) => {
    for (const file of readdirSync(examples).filter((name) => CONFORMANCE.test(name))) {
      link(join(examples, file), join(folder, file));
    }
    manifest(folder, { ...CORE, fhirVersions: ["4.0.1"], type: "fhir.core" });
  });
  place(packages, NL_CORE, digest(nlCore), (folder) => {
    execFileSync("tar", ["-xzf", nlCore, "-C", folder, "--strip-components=1", "package"]);
  });
  for (const [name, version] of Object.entries(STUBS)) {
    place(packages, { name, version }, "stub", (folder) => {
      manifest(folder, { name, version, fhirVersions: ["4.0.1"], type: "fhir.ig" });
    });
  }
}

// The stamp is written last, so a half-made package is made again.
function place(packages, { name, version }, stamp, make) {
  const top = join(packages, `${name}#${version}`);
  const stampFile = join(top, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(top, { recursive: true, force: true });
  mkdirSync(join(top, "package"), { recursive: true });
  make(join(top, "package"));
  writeFileSync(stampFile, stamp);
}

function manifest(folder, content) {
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
}

function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

// 4 577 files: a hard link saves the copy where the file system allows it.
function link(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
