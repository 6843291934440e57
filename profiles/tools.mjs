// Where the build keeps its tools, and their installation from npm as `package-lock.json` fixes them.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const SOURCES = dirname(fileURLToPath(import.meta.url));
export const ROOT = dirname(SOURCES);
const folder = join(ROOT, ".build", "profile-tools");

export const SUSHI = join(folder, "node_modules", "fsh-sushi", "dist", "app.js");
export const R4_EXAMPLES = join(folder, "node_modules", "hl7.fhir.r4.examples");
export const SUSHI_VERSION = JSON.parse(readFileSync(join(SOURCES, "package.json"), "utf8"))
  .dependencies["fsh-sushi"];
export const NL_CORE_PLACE =
  process.env.MESO_FHIR_PACKAGES ?? join(ROOT, "..", "shared", "fhir-packages");

/** Whether they are there; a second call installs nothing. */
export function installTools() {
  const lock = readFileSync(join(SOURCES, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  const stampFile = join(folder, "stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return true;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(SOURCES, file), join(folder, file));
  }
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync("npm", install, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (done.status !== 0) return false;
  writeFileSync(stampFile, stamp);
  return true;
}
