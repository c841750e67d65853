// Reads every array of a rollout store with zarrita and prints one line for each: path, data type,
// shape with commas, SHA-256 over the little-endian elements in C order. The lines equal those of
// org.nbvrollouts.store.zarr.ArrayDigests.
//
//   node read-with-zarrita.mjs STORE_DIRECTORY
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import * as zarr from "zarrita";
import { FileSystemStore } from "@zarrita/storage";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: node read-with-zarrita.mjs STORE_DIRECTORY");
  process.exit(64);
}

const root = resolve(directory);

async function arrayPaths(folder) {
  const paths = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      paths.push(...(await arrayPaths(path)));
    } else if (entry.name === "zarr.json") {
      const document = JSON.parse(await readFile(path, "utf8"));
      if (document.node_type === "array") {
        paths.push(relative(root, folder).split("\\").join("/"));
      }
    }
  }
  return paths;
}

// Where the runtime has no half floats, their bit patterns are all that the digest needs.
globalThis.Float16Array ??= class Float16Array extends Uint16Array {};

const noBytes = new Uint8Array(0);

async function elementBytes(array) {
  if (array.shape.includes(0)) {
    return noBytes;
  }
  const { data } = await zarr.get(array);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

const location = zarr.root(new FileSystemStore(root));
const lines = [];
for (const path of await arrayPaths(root)) {
  const array = await zarr.open.v3(location.resolve(path), { kind: "array" });
  const digest = createHash("sha256").update(await elementBytes(array)).digest("hex");
  lines.push(`${path} ${array.dtype} ${array.shape.join(",")} ${digest}`);
}
lines.sort();
console.log(lines.join("\n"));
