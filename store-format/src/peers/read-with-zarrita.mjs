// Reads every array of a rollout store with zarrita and prints one line for each: path, data type,
// shape with commas, SHA-256 over the little-endian elements in C order. The lines equal those of
// org.nbvrollouts.store.zarr.ArrayDigests.
//
//   node read-with-zarrita.mjs STORE
//
// STORE is a directory or a packed store, FILE.zip.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import * as zarr from "zarrita";
import { FileSystemStore, ZipFileStore } from "@zarrita/storage";

if (process.argv[2] === undefined) {
  console.error("usage: node read-with-zarrita.mjs STORE");
  process.exit(64);
}

const root = resolve(process.argv[2]);
const packed = root.endsWith(".zip");
const storage = packed
  ? ZipFileStore.fromBlob(new Blob([await readFile(root)]))
  : new FileSystemStore(root);

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

// An archive is not a folder to walk; its root document lists all others.
async function consolidatedPaths() {
  const document = JSON.parse(new TextDecoder().decode(await storage.get("/zarr.json")));
  return Object.entries(document.consolidated_metadata.metadata)
    .filter(([, node]) => node.node_type === "array")
    .map(([path]) => path);
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

const location = zarr.root(storage);
const lines = [];
for (const path of packed ? await consolidatedPaths() : await arrayPaths(root)) {
  const array = await zarr.open.v3(location.resolve(path), { kind: "array" });
  const digest = createHash("sha256").update(await elementBytes(array)).digest("hex");
  lines.push(`${path} ${array.dtype} ${array.shape.join(",")} ${digest}`);
}
lines.sort();
console.log(lines.join("\n"));
