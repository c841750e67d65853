"""Writes stores the way the Python reference does, with NumPy and numcodecs alone.

One row per chunk, chunks of nothing but fill values left out, no consolidated metadata, Blosc chunks by
the C library, `NaN` tokens in attributes.

    python3 reference_style.py fixture FILE.zip      the arrays of TestReferenceStyleStores
    python3 reference_style.py convert STORE TARGET  a whole store, rewritten in that style
    python3 reference_style.py convert STORE TARGET CNAME  all of it Blosc with that inner codec
"""

import hashlib
import itertools
import json
import pathlib
import sys
import zipfile

import numpy as np
from numcodecs import blosc
from numcodecs.gzip import GZip
from numcodecs.zstd import Zstd

BYTES_ONE = {"name": "bytes"}
BYTES = {"name": "bytes", "configuration": {"endian": "little"}}
ZSTD = {"name": "zstd", "configuration": {"level": 0, "checksum": False}}
GZIP = {"name": "gzip", "configuration": {"level": 5}}
CRC = {"name": "crc32c"}


def blosc_codec(dtype, cname="zstd", shuffle="bitshuffle"):
    settings = {"typesize": dtype.itemsize, "cname": cname, "clevel": 5}
    return {"name": "blosc", "configuration": {**settings, "shuffle": shuffle, "blocksize": 0}}


def crc32c(content):
    value = 0xFFFFFFFF
    for byte in content:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
    return value ^ 0xFFFFFFFF


def encode(chunk, codecs):
    content = np.ascontiguousarray(chunk, chunk.dtype.newbyteorder("<")).tobytes()
    for codec in codecs[1:]:
        settings = codec.get("configuration", {})
        if codec["name"] == "zstd":
            content = bytes(Zstd(level=settings["level"]).encode(content))
        elif codec["name"] == "gzip":
            content = bytes(GZip(level=settings["level"]).encode(content))
        elif codec["name"] == "crc32c":
            content += crc32c(content).to_bytes(4, "little")
        elif codec["name"] == "blosc":
            shuffle = {"noshuffle": 0, "shuffle": 1, "bitshuffle": 2}[settings["shuffle"]]
            content = blosc_chunk(content, chunk.dtype.itemsize, settings["cname"], shuffle)
    return content


def blosc_chunk(content, typesize, cname, shuffle):
    source = np.frombuffer(content, f"u{typesize}")  # Blosc takes the type size from the buffer.
    return blosc.compress(source, cname.encode(), 5, shuffle, 0)


def is_fill(chunk, fill):
    """Bit by bit, so that −0.0 is written and NaN may be left out."""
    return chunk.tobytes() == np.full(chunk.shape, fill, chunk.dtype).tobytes()


class StoreFolder:
    """Documents and chunks, to a function that takes a path and bytes."""

    def __init__(self, write):
        self.write = write

    def group(self, path, attributes):
        document = {"attributes": attributes, "zarr_format": 3, "node_type": "group"}
        self.document(path, document)

    def document(self, path, document):
        # Python writes NaN as a bare token, as the reference does.
        text = json.dumps(document, indent=2)
        self.write(f"{path}/zarr.json" if path else "zarr.json", text.encode("ascii"))

    def array(self, path, array, chunks, codecs, fill=0, fill_text=None, keys="default"):
        separator = "/" if keys == "default" else "."
        document = {
            "shape": list(array.shape),
            "data_type": array.dtype.name,
            "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": list(chunks)}},
            "chunk_key_encoding": {"name": keys, "configuration": {"separator": separator}},
            "fill_value": fill if fill_text is None else fill_text,
            "codecs": codecs,
            "attributes": {},
            "zarr_format": 3,
            "node_type": "array",
            "storage_transformers": [],
        }
        self.document(path, document)
        counts = [-(-length // chunk) for length, chunk in zip(array.shape, chunks)]
        for index in np.ndindex(*counts):
            chunk = np.full(chunks, fill, array.dtype)
            box = tuple(
                slice(at * size, min((at + 1) * size, length))
                for at, size, length in zip(index, chunks, array.shape)
            )
            chunk[tuple(slice(0, part.stop - part.start) for part in box)] = array[box]
            if not is_fill(chunk, fill):
                names = [str(at) for at in index]
                key = "/".join(["c", *names]) if keys == "default" else ".".join(names)
                self.write(f"{path}/{key}", encode(chunk, codecs))


def noise(count):
    """Numbers that do not compress, the same in every language."""
    at = np.arange(count, dtype=np.uint64)
    mixed = (at + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return (mixed * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(32)).astype(np.uint32)


def counting(dtype, *shape):
    return (np.arange(np.prod(shape)) % 97 / 4 - 5).astype(dtype).reshape(shape)


def write_fixture(file):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def write(path, content):
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content)

        store = StoreFolder(write)
        store.group("", {"selected_depth_znear_m": float("nan"), "limit": float("-inf")})
        store.group("a", {})
        rows = counting(np.float32, 6, 12)
        rows[2] = 0.0
        rows[4] = -0.0
        store.array("a/rows", rows, (1, 12), [BYTES, ZSTD], 0.0)
        half = np.dtype(np.float16)
        halves = [BYTES, blosc_codec(half)]
        store.array("a/blosc_blocks", counting(half, 3, 400, 400), (3, 400, 400), halves, 0.0)
        store.array("a/blosc_rows", counting(half, 5, 40, 30), (1, 40, 30), halves, 0.0)
        store.array("a/blosc_raw", noise(4096), (1024,), [BYTES, blosc_codec(np.dtype(np.uint32))])
        shuffled = blosc_codec(np.dtype(np.int64), shuffle="shuffle")
        store.array("a/blosc_bytes", np.arange(90_000), (90_000,), [BYTES, shuffled])
        truth = (np.arange(64 * 33) % 3 == 0).reshape(64, 33)
        bits = [BYTES_ONE, blosc_codec(np.dtype(bool))]
        store.array("a/blosc_truth", truth, (16, 33), bits, False)
        store.array("a/gzip", counting(np.int64, 50, 2), (7, 2), [BYTES, GZIP])
        store.array("a/crc", counting(np.float64, 50), (20,), [BYTES, ZSTD, CRC], 0.0)
        store.array("a/gzip_crc", counting(np.int16, 50), (20,), [BYTES, CRC, GZIP, CRC])
        unset = np.full((4, 3), np.nan, np.float32)
        unset[2] = 1.5
        store.array("a/unset", unset, (1, 3), [BYTES, ZSTD], np.float32(np.nan), "NaN")
        store.array("a/dots", counting(np.int32, 4, 6), (2, 3), [BYTES, ZSTD], keys="v2")
        store.array("a/nothing", np.zeros((0, 12), np.float32), (1, 12), [BYTES, ZSTD], 0.0)


def reference_chunks(path, shape):
    """Chunk shapes of the reference: one row per chunk in tables of rank 2 and more."""
    if path.startswith("q_h/"):
        return (max(1, min(64, shape[0])), *(max(1, size) for size in shape[1:]))
    if path in ("selected_depth/depth_m", "selected_depth/valid_mask"):
        return (max(1, min(16, shape[0])), *shape[1:])
    if len(shape) == 1:
        return (min(max(shape[0], 1), 1024),)
    return (1, *shape[1:])


def convert(source, target, cname=None):
    from nbv_rollouts_store import open_store

    store, folder = open_store(source), pathlib.Path(target)

    def write(path, content):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    # It stands for itself: it is no shard, so nobody asks it for a marker.
    manifest = store.manifest()
    manifest["generation"]["shard"] = None
    canonical = json.dumps(manifest, indent=2, sort_keys=True).encode("ascii")
    sha256 = hashlib.sha256(canonical).hexdigest()

    written = StoreFolder(write)
    written.group("", dict(store.attributes, manifest_sha256=sha256))
    paths = store.array_paths()
    for group in sorted({path.split("/")[0] for path in paths}):
        written.group(group, dict(store.group_attributes(group)))
    shuffles = itertools.cycle(("noshuffle", "shuffle", "bitshuffle"))
    for path in paths:
        array = store[path][:]
        last = BYTES_ONE if array.dtype.itemsize == 1 else BYTES
        raster = path in ("selected_depth/depth_m", "selected_depth/valid_mask")
        codec = blosc_codec(array.dtype) if raster else ZSTD
        if cname:
            codec = blosc_codec(array.dtype, cname, next(shuffles))
        fill = {"b": False, "f": 0.0}.get(array.dtype.kind, 0)
        written.array(path, array, reference_chunks(path, array.shape), [last, codec], fill)
    write("manifest.json", json.dumps(manifest, indent=1).encode("ascii"))


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "fixture":
        write_fixture(sys.argv[2])
    elif len(sys.argv) in (4, 5) and sys.argv[1] == "convert":
        convert(*sys.argv[2:])
    else:
        sys.exit(__doc__)
