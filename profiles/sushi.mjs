// SUSHI on one project, without asking the network anything.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { serveRegistry } from "./loopback-registry.mjs";
import { STUBS } from "./package-cache.mjs";

/**
 * Result of `sushi build` of the folder `project` into `output`, with the package cache in `home`:
 * { errors, warnings, text }. Its exit code says nothing about warnings, so its own counts do.
 */
export async function sushi({ program, version, home, project, output }) {
  const registry = await serveRegistry(STUBS);
  const child = spawn(process.execPath, [program, "build", project, "--snapshot", "-o", output], {
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      PATH: [writeVersionAnswer(home, version), process.env.PATH].join(delimiter),
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
  const counts = /(\d+) Errors?\s+(\d+) Warnings?/.exec(text);
  if (counts === null) return { errors: 1, warnings: 0, text: `${text}\nSUSHI ended without a result.` };
  return { errors: Number(counts[1]), warnings: Number(counts[2]), text };
}

/**
 * Folder with an `npm` that knows one answer. SUSHI runs `npm view fsh-sushi version` to tell of a
 * newer release and warns when that takes five seconds, which on a busy machine it does.
 */
function writeVersionAnswer(home, version) {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "npm"), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return folder;
}
