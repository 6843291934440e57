// One build at a time: all of them write to the same folder.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const PAUSE = 200; // milliseconds

/** Waits until no other process holds the lock; it is given back when this process ends. */
export async function holdLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  process.on("exit", () => rmSync(file, { force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file) {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder === 0) return true; // being written at this moment
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // somebody else's process; ENOENT and ESRCH: free
  }
}
