#!/usr/bin/env node
// Builds the MESO FHIR package from `input/fsh` with SUSHI, without a FHIR package registry.
//
//   node profiles/build.mjs
//
// Exit codes: 0 built; 1 SUSHI reported an error or a warning; 2 the tools cannot be installed;
// 3 nl-core is not at hand, so the profiles that derive from it cannot be built.
// Everything that is made stands under `.build/`. A second run installs nothing.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { serveRegistry } from "./loopback-registry.mjs";
import { CORE, NL_CORE, STUBS, fillCache, findNlCore } from "./package-cache.mjs";

const sources = dirname(fileURLToPath(import.meta.url));
const root = dirname(sources);
const tools = join(root, ".build", "profile-tools");
const home = join(root, ".build", "profile-home");
const result = join(root, ".build", "profiles");
const output = `${result}.new`; // takes the place of the last result only when it is good
const generated = join(output, "fsh-generated", "resources");
const nlCorePlace = process.env.MESO_FHIR_PACKAGES ?? join(root, "..", "shared", "fhir-packages");

const wanted = JSON.parse(readFileSync(join(sources, "package.json"), "utf8")).dependencies;

function fail(code, ...lines) {
  console.error(lines.join("\n"));
  process.exit(code);
}

function installTools() {
  const lock = readFileSync(join(sources, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  const stampFile = join(tools, "stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(tools, { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(sources, file), join(tools, file));
  }
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync("npm", install, { cwd: tools, stdio: ["ignore", 2, 2] });
  if (done.status !== 0) fail(2, "profiles: npm could not install the tools named in package.json.");
  writeFileSync(stampFile, stamp);
}

/**
 * Folder with an `npm` that knows one answer. SUSHI runs `npm view fsh-sushi version` to tell of a
 * newer release and warns when that takes five seconds, which on a busy machine it does.
 */
function writeVersionAnswer() {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "npm"), `#!/bin/sh\necho ${wanted["fsh-sushi"]}\n`, { mode: 0o755 });
  return folder;
}

async function runSushi() {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const registry = await serveRegistry(STUBS);
  const program = join(tools, "node_modules", "fsh-sushi", "dist", "app.js");
  const child = spawn(process.execPath, [program, "build", sources, "--snapshot", "-o", output], {
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      PATH: [writeVersionAnswer(), process.env.PATH].join(delimiter),
      FPL_REGISTRY: registry.url,
      NO_COLOR: "1",
      FORCE_COLOR: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (part) => (text += part));
  }
  await new Promise((resolve) => child.on("close", resolve));
  registry.close();
  return text;
}

/** By the counts that SUSHI prints; its exit code says nothing about warnings. */
function judge(text) {
  writeFileSync(join(output, "sushi.log"), text);
  const counts = /(\d+) Errors?\s+(\d+) Warnings?/.exec(text);
  if (counts === null) fail(1, text, "profiles: SUSHI ended without a result.");
  const [errors, warnings] = [Number(counts[1]), Number(counts[2])];
  if (errors + warnings > 0) {
    const faults = text.match(/^(error|warn) .*(\n  .*)*/gm) ?? [text];
    fail(1, ...faults, `profiles: ${errors} errors, ${warnings} warnings; none is allowed.`);
  }
}

/** The npm-like folder that FHIR tools read: the resources, a manifest and an index. */
function writePackage() {
  const folder = join(output, "package");
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(generated).filter((name) => name.endsWith(".json")).sort();
  const index = [];
  const kinds = {};
  let guide;
  for (const filename of files) {
    const resource = JSON.parse(readFileSync(join(generated, filename), "utf8"));
    const { resourceType, id, url, version, kind, type, derivation } = resource;
    copyFileSync(join(generated, filename), join(folder, filename));
    index.push({ filename, resourceType, id, url, version, kind, type, derivation });
    kinds[resourceType] = (kinds[resourceType] ?? 0) + 1;
    if (resourceType === "ImplementationGuide") guide = resource;
  }
  writeJson(join(folder, "package.json"), {
    name: guide.packageId,
    version: guide.version,
    canonical: guide.url.replace(/\/ImplementationGuide\/.*/, ""),
    fhirVersions: guide.fhirVersion,
    type: "fhir.ig",
    license: guide.license,
    dependencies: Object.fromEntries([
      [CORE.name, CORE.version],
      ...guide.dependsOn.map(({ packageId, version }) => [packageId, version]),
    ]),
  });
  writeJson(join(folder, ".index.json"), { "index-version": 2, files: index });
  return kinds;
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

const nlCore = findNlCore(nlCorePlace);
if (nlCore === undefined) {
  fail(
    3,
    "profiles: not built. The profiles that derive from nl-core need the package",
    `  ${NL_CORE.name} ${NL_CORE.version} (with snapshots), which is not at hand.`,
    "  Put its .tgz in a folder and name that folder in MESO_FHIR_PACKAGES.",
  );
}
installTools();
fillCache(home, { examples: join(tools, "node_modules", "hl7.fhir.r4.examples"), nlCore });
judge(await runSushi());
const kinds = Object.entries(writePackage()).map(([kind, count]) => `${count} ${kind}`);
rmSync(result, { recursive: true, force: true });
renameSync(output, result);
console.log(`profiles: 0 errors, 0 warnings; ${kinds.join(", ")} in .build/profiles/package`);
