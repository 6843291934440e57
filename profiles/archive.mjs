// A tar archive, gzipped, whose bytes follow from its files alone: sorted, no times, no owners.

import { gzipSync } from "node:zlib";

const BLOCK = 512;

/** `files`: [path inside the archive, Buffer][]; paths are ASCII. */
export function archive(files) {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.flatMap(([path, body]) => [header(path, body.length), body, padding(body)]);
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

// ustar: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
function header(path, size) {
  const block = Buffer.alloc(BLOCK);
  const [prefix, name] = split(path);
  block.write(name, 0, "ascii");
  block.write("0000644\0", 100, "ascii");
  block.write("0000000\0", 108, "ascii");
  block.write("0000000\0", 116, "ascii");
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124, "ascii");
  block.write("00000000000\0", 136, "ascii");
  block.write(" ".repeat(8), 148, "ascii"); // the checksum counts itself as spaces
  block.write("0", 156, "ascii");
  block.write("ustar\0" + "00", 257, "ascii");
  block.write(prefix, 345, "ascii");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}

/** [prefix, name] of a path, which ustar keeps apart when it is longer than 100 characters. */
function split(path) {
  if (path.length <= 100) return ["", path];
  const at = path.indexOf("/", path.length - 101);
  if (at < 1 || at > 155) throw new Error(`archive: too long a path: ${path}`);
  return [path.slice(0, at), path.slice(at + 1)];
}

function padding(body) {
  return Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK);
}
