#!/usr/bin/env node
// Builds the MESO FHIR package from `input/fsh` with SUSHI, without a FHIR package registry.
//
//   node profiles/build.mjs [--fresh]
//
// Exit codes: 0 built; 1 SUSHI reported an error or a warning; 2 the tools cannot be installed;
// 3 nl-core is not at hand, so the profiles that derive from it cannot be built.
// Everything that is made stands under `.build/`. A second run installs nothing, and builds nothing
// when no source has changed, unless it is told `--fresh`.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { holdLock } from "./lock.mjs";
import { NL_CORE, fillCache, findNlCore } from "./package-cache.mjs";
import { writePackage } from "./package.mjs";
import { sushi } from "./sushi.mjs";
import { NL_CORE_PLACE, R4_EXAMPLES, ROOT, SOURCES, SUSHI, SUSHI_VERSION } from "./tools.mjs";
import { installTools } from "./tools.mjs";

const home = join(ROOT, ".build", "profile-home");
const result = join(ROOT, ".build", "profiles");
const output = `${result}.new`; // takes the place of the last result only when it is good

function fail(code, ...lines) {
  console.error(lines.join("\n"));
  process.exit(code);
}

/** Names and bytes of all that the result depends on. */
function fingerprint(nlCore) {
  const hash = createHash("sha256").update(readFileSync(nlCore));
  const inputs = readdirSync(SOURCES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(fsh|json|mjs|yaml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !path.startsWith(join(SOURCES, "package") + "/")) // what comes out
    .sort();
  for (const path of inputs) hash.update(`${path.slice(SOURCES.length)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function judge({ errors, warnings, text }) {
  writeFileSync(join(output, "sushi.log"), text);
  if (errors + warnings > 0) {
    const faults = text.match(/^(error|warn) .*(\n  .*)*/gm) ?? [text];
    fail(1, ...faults, `profiles: ${errors} errors, ${warnings} warnings; none is allowed.`);
  }
}

async function build(nlCore) {
  fillCache(home, { examples: R4_EXAMPLES, nlCore });
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const project = { program: SUSHI, version: SUSHI_VERSION, home, project: SOURCES, output };
  judge(await sushi(project));
  const generated = join(output, "fsh-generated", "resources");
  const written = writePackage({ generated, derived: join(SOURCES, "derived"), output });
  const kinds = Object.entries(written).map(([kind, count]) => `${count} ${kind}`);
  return `profiles: 0 errors, 0 warnings; ${kinds.join(", ")} in .build/profiles/package`;
}

const nlCore = findNlCore(NL_CORE_PLACE);
if (nlCore === undefined) {
  fail(
    3,
    "profiles: not built. The profiles that derive from nl-core need the package",
    `  ${NL_CORE.name} ${NL_CORE.version} (with snapshots), which is not at hand.`,
    "  Put its .tgz in a folder and name that folder in MESO_FHIR_PACKAGES.",
  );
}
await holdLock(join(ROOT, ".build", "profiles.lock"));
if (!installTools()) fail(2, "profiles: npm could not install the tools named in package.json.");
const inputs = fingerprint(nlCore);
const last = join(result, "built.json");
const known = existsSync(last) ? JSON.parse(readFileSync(last, "utf8")) : {};
if (known.inputs === inputs && !process.argv.includes("--fresh")) {
  console.log(known.said);
  process.exit(0);
}
const said = await build(nlCore);
writeFileSync(join(output, "built.json"), JSON.stringify({ inputs, said }));
rmSync(result, { recursive: true, force: true });
renameSync(output, result);
console.log(said);
