// Reads the arrays of a store with zarrita, then writes them, and prints megabytes per second of raw
// elements: medians of seven runs after three. Written are the same chunks and codecs; zarrita has no
// writer for Zarr shards, so those chunks become files.
//
//   node measure-zarrita.mjs STORE_DIRECTORY EMPTY_FOLDER
import { readdir, readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import * as zarr from "zarrita";
import { FileSystemStore } from "@zarrita/storage";

globalThis.Float16Array ??= class Float16Array extends Uint16Array {};

const [store, target] = process.argv.slice(2).map((path) => resolve(path));
const WARM_UPS = 3;
const RUNS = 7;
const documents = JSON.parse(await readFile(`${store}/zarr.json`, "utf8")).consolidated_metadata.metadata;
const arrays = Object.keys(documents).filter((path) => documents[path].node_type === "array");
const isDepth = (path) => path === "selected_depth/depth_m" || path === "selected_depth/valid_mask";

async function read(path) {
  const root = zarr.root(new FileSystemStore(store));
  const array = await zarr.open.v3(root.resolve(path), { kind: "array" });
  return array.shape.includes(0) ? undefined : zarr.get(array);
}

async function median(verb, what, paths, body, begin = () => {}) {
  const times = [];
  let bytes = 0;
  for (let run = -WARM_UPS; run < RUNS; run++) {
    begin();
    const start = process.hrtime.bigint();
    bytes = 0;
    for (const path of paths) {
      bytes += await body(path);
    }
    if (run >= 0) {
      times.push(Number(process.hrtime.bigint() - start) / 1e9);
    }
  }
  const seconds = times.sort((a, b) => a - b)[RUNS >> 1];
  const cells = [(bytes / 1e6).toFixed(1), seconds.toFixed(3), (bytes / 1e6 / seconds).toFixed(1)];
  console.log(`${verb.padEnd(6)} ${what.padEnd(6)} ${cells[0].padStart(8)} MB ${cells[1].padStart(8)} s ${cells[2].padStart(8)} MB/s`);
}

const readAll = async (path) => (await read(path))?.data.byteLength ?? 0;
await median("read", "tables", arrays.filter((path) => !isDepth(path)), readAll);
await median("read", "depth", arrays.filter(isDepth), readAll);

const contents = new Map();
for (const path of arrays) {
  contents.set(path, await read(path));
}

async function write(folder, path) {
  const content = contents.get(path);
  if (content === undefined) {
    return 0;
  }
  const document = documents[path];
  const sharding = document.codecs.find((codec) => codec.name === "sharding_indexed")?.configuration;
  // Half floats are written by their bits, which costs the same.
  const type = document.data_type === "float16" ? "uint16" : document.data_type;
  const array = await zarr.create(zarr.root(new FileSystemStore(folder)).resolve(path), {
    shape: document.shape,
    chunkShape: sharding?.chunk_shape ?? document.chunk_grid.configuration.chunk_shape,
    dtype: type,
    codecs: sharding?.codecs ?? document.codecs,
    fillValue: document.fill_value,
  });
  const data = type === "uint16" ? new Uint16Array(content.data.buffer, content.data.byteOffset, content.data.length) : content.data;
  await zarr.set(array, null, { ...content, data });
  return content.data.byteLength;
}

async function measureWriting(what, paths) {
  let run = 0;
  const folder = () => `${target}/${what}-${run}`;
  try {
    // Nothing is deleted meanwhile: ext4 makes files slowly while it remembers deleted ones.
    await median("write", what, paths, (path) => write(folder(), path), () => run++);
    const files = await readdir(folder(), { recursive: true, withFileTypes: true });
    console.log(`files  ${what} ${files.filter((entry) => entry.isFile()).length}`);
  } catch (problem) {
    console.log(`write  ${what}: ${problem.message}`);
  }
}

await measureWriting("tables", arrays.filter((path) => !isDepth(path)));
await measureWriting("depth", arrays.filter(isDepth));
await rm(target, { recursive: true, force: true });
