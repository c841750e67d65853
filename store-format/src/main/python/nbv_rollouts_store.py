"""Reads committed rollout stores with NumPy and numcodecs, whatever Zarr library there is.

    for shard in committed_shards("campaign/stores"):
        store = shard.open()
        gains = store["candidates/target_root_gain"][:]

A place is a folder or ``s3://bucket/prefix`` (needs boto3). Both layouts are read: a directory and
``store.zarr.zip``. Arrays are lazy: ``array[first:last]`` fetches and decodes the chunks of those
rows only. Stores, shards and arrays can be pickled and used in forked workers: files and
connections are opened by the process that reads.
"""

from __future__ import annotations

import functools
import io
import itertools
import json
import math
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numcodecs import blosc
from numcodecs.gzip import GZip
from numcodecs.zstd import Zstd

MARKER = "_SUCCESS.json"
ARCHIVE = "store.zarr.zip"
SCHEMA_VERSION = "1.0-target-rollout-core"

# Blosc's threads do not survive a fork; workers are the parallelism.
blosc.use_threads = False


class StoreError(ValueError):
    """A store that cannot be read: what, where, and the rule it breaks."""


# Files of a place. `read` gives None where there is no such file.


class Files(Protocol):
    place: str

    def read(self, path: str) -> bytes | None: ...

    def read_range(self, path: str, start: int, length: int) -> bytes: ...

    def size(self, path: str) -> int | None: ...

    def folders(self) -> list[str]: ...

    def below(self, folder: str) -> Files: ...


@dataclass(frozen=True)
class LocalFiles:
    place: str

    def _path(self, path: str) -> str:
        return os.path.join(self.place, path)

    def read(self, path: str) -> bytes | None:
        try:
            with open(self._path(path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_range(self, path: str, start: int, length: int) -> bytes:
        with open(self._path(path), "rb") as file:
            file.seek(start)
            return file.read(length)

    def size(self, path: str) -> int | None:
        return os.path.getsize(self._path(path)) if os.path.isfile(self._path(path)) else None

    def folders(self) -> list[str]:
        return sorted(entry.name for entry in os.scandir(self.place) if entry.is_dir())

    def below(self, folder: str) -> LocalFiles:
        return LocalFiles(os.path.normpath(self._path(folder)))


@functools.lru_cache(maxsize=None)
def _s3_client(process: int, options: tuple[tuple[str, str], ...]) -> Any:
    import boto3  # Only needed for s3:// places.

    return boto3.client("s3", **dict(options))


@dataclass(frozen=True)
class S3Files:
    """Objects below a prefix; options are those of ``boto3.client``, such as ``endpoint_url``."""

    bucket: str
    prefix: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    def _client(self) -> Any:
        return _s3_client(os.getpid(), self.options)

    def _key(self, path: str) -> str:
        return f"{self.prefix}/{path}" if self.prefix else path

    def _ask(self, method: str, path: str, **more: str) -> Mapping | None:
        client = self._client()
        try:
            return getattr(client, method)(Bucket=self.bucket, Key=self._key(path), **more)
        except client.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404", "NotFound"):
                return None
            raise

    def read(self, path: str) -> bytes | None:
        found = self._ask("get_object", path)
        return None if found is None else found["Body"].read()

    def read_range(self, path: str, start: int, length: int) -> bytes:
        found = self._ask("get_object", path, Range=f"bytes={start}-{start + length - 1}")
        if found is None:
            raise StoreError(f"Cannot read object: there is none (place={self.place}/{path})")
        return found["Body"].read()

    def size(self, path: str) -> int | None:
        found = self._ask("head_object", path)
        return None if found is None else found["ContentLength"]

    def folders(self) -> list[str]:
        pages = self._client().get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self._key(""), Delimiter="/"
        )
        found = itertools.chain.from_iterable(page.get("CommonPrefixes", ()) for page in pages)
        return sorted(folder["Prefix"].rstrip("/").rsplit("/", 1)[-1] for folder in found)

    def below(self, folder: str) -> S3Files:
        return S3Files(self.bucket, self._key(folder), self.options)


class _Seekable(io.RawIOBase):
    """What zipfile needs to find the members; their content is read by ranges."""

    def __init__(self, files: Files, path: str, size: int) -> None:
        self._files, self._path, self._size, self._at = files, path, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        length = max(0, min(len(buffer), self._size - self._at))
        content = self._files.read_range(self._path, self._at, length) if length else b""
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


class ZipFiles:
    """The members of a packed store; they are stored without compression."""

    _LOCAL_HEADER = 30

    def __init__(self, files: Files, path: str) -> None:
        self.place, self._files, self._path = f"{files.place}/{path}", files, path
        size = files.size(path)
        if size is None:
            raise StoreError(f"Cannot open store: there is no {path} (place={files.place})")
        archive = io.BufferedReader(_Seekable(files, path, size), 1 << 16)
        with zipfile.ZipFile(archive) as members:
            infos = [info for info in members.infolist() if not info.is_dir()]
        if any(info.compress_type != zipfile.ZIP_STORED for info in infos):
            raise StoreError(f"Cannot open store: members are compressed (archive={self.place})")
        self._members = {info.filename: (info.header_offset, info.file_size) for info in infos}

    def _start(self, path: str) -> int:
        offset, _ = self._members[path]
        header = self._files.read_range(self._path, offset, self._LOCAL_HEADER)
        lengths = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
        return offset + self._LOCAL_HEADER + sum(lengths)

    def read(self, path: str) -> bytes | None:
        return self.read_range(path, 0, self._members[path][1]) if path in self._members else None

    def read_range(self, path: str, start: int, length: int) -> bytes:
        length = max(0, min(length, self._members[path][1] - start))
        return self._files.read_range(self._path, self._start(path) + start, length) if length else b""

    def size(self, path: str) -> int | None:
        return self._members[path][1] if path in self._members else None


# Codecs of Zarr 3, bytes to bytes.


@functools.cache
def _crc_table() -> list[int]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


def _crc32c(content: bytes) -> int:
    try:
        from crc32c import crc32c  # A fast one, if it is there.

        return crc32c(content)
    except ImportError:
        table, value = _crc_table(), 0xFFFFFFFF
        for byte in content:
            value = table[(value ^ byte) & 0xFF] ^ value >> 8
        return value ^ 0xFFFFFFFF


def _checked(encoded: bytes) -> bytes:
    content, stored = encoded[:-4], int.from_bytes(encoded[-4:], "little")
    if _crc32c(content) != stored:
        raise StoreError("checksum differs")
    return content


_DECODERS = {
    "zstd": lambda encoded: Zstd().decode(encoded),
    "blosc": lambda encoded: blosc.decompress(encoded),
    "gzip": lambda encoded: GZip().decode(encoded),
    "crc32c": _checked,
}


def _decode(encoded: bytes, codecs: list[Mapping], dtype: np.dtype, shape: tuple) -> np.ndarray:
    first, *rest = codecs
    for codec in reversed(rest):
        if codec["name"] not in _DECODERS:
            raise StoreError(f"unknown codec {codec['name']}")
        encoded = _DECODERS[codec["name"]](bytes(encoded))
    if first["name"] != "bytes":
        raise StoreError(f"unknown codec {first['name']}")
    order = {"little": "<", "big": ">"}[first.get("configuration", {}).get("endian", "little")]
    elements = np.frombuffer(encoded, dtype.newbyteorder(order)).reshape(shape)
    return elements.astype(dtype, copy=False)


DTYPES = ("bool", *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)))
DTYPES += ("float16", "float32", "float64")


class Array:
    """One array; rows are read by index: ``array[:]``, ``array[7]``, ``array[10:20]``.

    ``shape`` and ``dtype`` are known without reading elements; the first axis counts rows. A range
    of rows fetches and decodes the chunks that hold them; ``array[::2]`` reads all. Every access
    reads again and gives a new array that is the caller's.
    """

    def __init__(self, files: Files, path: str, document: Mapping) -> None:
        self._files, self.path = files, path
        self.shape = tuple(document["shape"])
        if document["data_type"] not in DTYPES:
            place = f"array={path}, place={files.place}"
            raise StoreError(f"Cannot read array: unknown data type {document['data_type']} ({place})")
        self.dtype = np.dtype(document["data_type"])
        self.chunks = tuple(document["chunk_grid"]["configuration"]["chunk_shape"])
        self._codecs = document["codecs"]
        self._fill = _fill_value(document["fill_value"], self.dtype)
        keys = document["chunk_key_encoding"]
        default = "/" if keys["name"] == "default" else "."
        self._separator = keys.get("configuration", {}).get("separator", default)
        self._prefix = ("c",) if keys["name"] == "default" else ()

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: int | slice) -> np.ndarray:
        if isinstance(rows, slice):
            start, stop, step = rows.indices(len(self))
            if step == 1:
                return self._read(start, max(start, stop))
            return self._read(0, len(self))[rows]
        row = range(len(self))[rows]
        return self._read(row, row + 1)[0]

    def _read(self, start: int, stop: int) -> np.ndarray:
        result = np.full((stop - start, *self.shape[1:]), self._fill, self.dtype)
        if result.size:
            self._fill_box(result, start, self.chunks, self._chunk)
        return result

    def _fill_box(self, result: np.ndarray, start: int, chunks: tuple, read: Any) -> None:
        """Copies every chunk that meets the rows; `read` gives one, given the rows wanted of it."""
        firsts = (start, *(0 for _ in self.shape[1:]))
        spans = [
            range(first // chunk, -(-(first + length) // chunk))
            for first, length, chunk in zip(firsts, result.shape, chunks)
        ]
        for index in itertools.product(*spans):
            origin = [at * chunk for at, chunk in zip(index, chunks)]
            low = max(origin[0], start) - origin[0]
            high = min(origin[0] + chunks[0], start + len(result)) - origin[0]
            chunk = read(index, low, high)
            if chunk is not None:
                target = [slice(origin[0] + low - start, origin[0] + high - start)]
                target += [slice(at, at + size) for at, size in zip(origin[1:], chunks[1:])]
                box = result[tuple(target)]
                box[...] = chunk[tuple(slice(0, size) for size in box.shape)]

    def _chunk(self, index: tuple, low: int, high: int) -> np.ndarray | None:
        """Rows `low` to `high` of a chunk, or None if it is absent."""
        key = self._separator.join((*self._prefix, *map(str, index))) or "0"
        path = f"{self.path}/{key}"
        try:
            if self._codecs[0]["name"] == "sharding_indexed":
                return self._rows_of_shard(path, low, high)
            encoded = self._files.read(path)
            if encoded is None:
                return None
            return _decode(encoded, self._codecs, self.dtype, self.chunks)[low:high]
        except (ValueError, RuntimeError, KeyError, IndexError) as error:
            raise StoreError(f"Cannot read chunk: {error} (file={self._files.place}/{path})") from error

    def _rows_of_shard(self, path: str, low: int, high: int) -> np.ndarray | None:
        size = self._files.size(path)
        if size is None:
            return None
        settings = self._codecs[0]["configuration"]
        inner = tuple(settings["chunk_shape"])
        counts = tuple(whole // part for whole, part in zip(self.chunks, inner))
        checks = sum(codec["name"] == "crc32c" for codec in settings["index_codecs"])
        length = 16 * math.prod(counts) + 4 * checks
        if size < length:
            raise ValueError(f"it has {size} bytes, less than its index")
        at_start = settings.get("index_location", "end") == "start"
        encoded = self._files.read_range(path, 0 if at_start else size - length, length)
        index = _decode(encoded, settings["index_codecs"], np.dtype("uint64"), (*counts, 2))
        needed = index[low // inner[0] : -(-high // inner[0])].reshape(-1, 2)
        stored = needed[needed[:, 0] != np.iinfo(np.uint64).max].astype(int)
        if not len(stored):
            return None
        # One request for everything between the first and the last chunk wanted: they are neighbours.
        base, end = int(stored[:, 0].min()), int(stored.sum(axis=1).max())
        content = memoryview(self._files.read_range(path, base, end - base))

        def chunk(at: tuple, first: int, last: int) -> np.ndarray | None:
            offset, count = (int(value) for value in index[at])
            if offset == np.iinfo(np.uint64).max:
                return None
            part = content[offset - base : offset - base + count]
            return _decode(part, settings["codecs"], self.dtype, inner)[first:last]

        result = np.full((high - low, *self.chunks[1:]), self._fill, self.dtype)
        self._fill_box(result, low, inner, chunk)
        return result


def _fill_value(value: Any, dtype: np.dtype) -> np.generic:
    if isinstance(value, str) and value.startswith("0x"):
        digits = value[2:].zfill(2 * dtype.itemsize)
        return np.frombuffer(bytes.fromhex(digits), dtype.newbyteorder(">"))[0].astype(dtype)
    return dtype.type(float(value) if dtype.kind == "f" else value)


class Store:
    """One store. ``store["candidates/target_rri"]`` is an array, ``attributes`` those of the root.

    Arrays that training reads (S steps, N candidates, A candidates of the widest step; poses are
    nine rotation numbers row by row and three of translation in metres, axes left, up, forward):

    * ``q_h/valid_action_mask``, ``q_h/q_train_mask`` bool (S, A): apply the first before any maximum
    * ``q_h/one_step_target_root_gain`` float32 (S, A), NaN where there is no label
    * ``q_h/candidate_row_id`` int64 (S, A), -1 is padding: rows of ``candidates``
    * ``q_h/td_reward``, ``td_discount`` float32 (S,), ``td_next_step_row_id`` int64 (S,), -1 at the end
    * ``candidates/pose_relative_root`` float32 (N, 12), root rig from camera
    * ``selected_depth/depth_m`` float16 (S, H, W), metres along the optical axis, and ``valid_mask``
      bool: seen *after* step s, so an input of later steps of its rollout only
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        root = self._document("")
        if root is None or root.get("node_type") != "group":
            raise StoreError(f"Cannot open store: no Zarr 3 group (place={files.place})")
        self.attributes: Mapping[str, Any] = root.get("attributes", {})
        if self.attributes.get("schema_version") != SCHEMA_VERSION:
            found = self.attributes.get("schema_version")
            raise StoreError(f"Cannot open store: schema {found} (expected {SCHEMA_VERSION})")
        # Absent in stores of other writers, whose nodes are then read one by one.
        self._nodes = (root.get("consolidated_metadata") or {}).get("metadata")

    def _document(self, path: str) -> dict | None:
        text = self._files.read(f"{path}/zarr.json" if path else "zarr.json")
        try:
            return None if text is None else json.loads(text)
        except ValueError as error:
            place = f"array={path}, place={self._files.place}" if path else f"place={self._files.place}"
            raise StoreError(f"Cannot read zarr.json: {error} ({place})") from error

    def _node(self, path: str) -> Mapping:
        node = self._document(path) if self._nodes is None else self._nodes.get(path)
        if node is None:
            raise KeyError(f"{path} (place={self._files.place})")
        return node

    def __getitem__(self, path: str) -> Array:
        node = self._node(path)
        if node.get("node_type") != "array":
            raise KeyError(f"{path} is no array (place={self._files.place})")
        return Array(self._files, path, node)

    def group_attributes(self, group: str) -> Mapping[str, Any]:
        return self._node(group).get("attributes", {})

    def array_paths(self) -> list[str]:
        """Paths of all arrays; needs consolidated metadata."""
        if self._nodes is None:
            raise StoreError(f"Cannot list arrays: not consolidated (place={self._files.place})")
        return sorted(path for path, node in self._nodes.items() if node["node_type"] == "array")

    def strings(self, path: str) -> list[str]:
        """A list of strings, for example ``dictionaries/scene``; stored as one JSON text."""
        return json.loads(self[path][:].tobytes())

    def texts(self, path: str, dictionary: str) -> np.ndarray:
        """The texts that an id column of shape (n,) names, as objects; None where it names none."""
        entries = np.array([*self.strings(f"dictionaries/{dictionary}"), None], object)
        ids = self[path][:]
        return entries[np.where((ids < 0) | (ids >= len(entries) - 1), len(entries) - 1, ids)]

    def manifest(self) -> dict:
        text = self._files.read("manifest.json")
        if text is None:
            raise StoreError(f"Cannot read manifest: there is none (place={self._files.place})")
        return json.loads(text)


@dataclass(frozen=True)
class Shard:
    """A committed shard: what its marker says, and where it lies."""

    shard_id: str
    marker: Mapping[str, Any]
    files: Files

    def open(self) -> Store:
        """The store that the marker names; refused if another one stands there."""
        place = self.marker.get("store_path", ".")
        if place != "." and any(name in ("", ".", "..") for name in place.split("/")):
            raise StoreError(f"Cannot open store: its marker leads out of the shard (store_path={place})")
        files = self.files if place == "." else self.files.below(place)
        archived = files.size(ARCHIVE) is not None
        store = Store(ZipFiles(files, ARCHIVE) if archived else files)
        bound = store.attributes.get("manifest_sha256")
        if bound != self.marker["rollout_manifest_sha256"]:
            raise StoreError(f"Cannot open store: not the one that was committed (shard={self.shard_id})")
        return store


def files_of(place: str | os.PathLike, **options: str) -> Files:
    """The files of a folder or an S3 prefix; options go to boto3, such as ``endpoint_url``."""
    text = os.fspath(place).rstrip("/")
    if text.startswith("s3://"):
        bucket, _, prefix = text[5:].partition("/")
        return S3Files(bucket, prefix, tuple(sorted(options.items())))
    return LocalFiles(text)


def committed_shards(place: str | os.PathLike, **options: str) -> list[Shard]:
    """The shards of a campaign's store folder that have a marker, by id; others hold no data.

    The order is that of the ids, on every storage; options are those of :func:`files_of`.
    """
    files = files_of(place, **options)
    shards = []
    for folder in files.folders():
        below = files.below(folder)
        marker = None if folder.startswith("_") else below.read(MARKER)
        if marker is not None:
            shards.append(Shard(folder, _parsed_marker(marker, below), below))
    return shards


def _parsed_marker(text: bytes, files: Files) -> Mapping[str, Any]:
    try:
        marker = json.loads(text)
        if isinstance(marker["rollout_manifest_sha256"], str):
            return marker
        reason = "rollout_manifest_sha256 is no text"
    except (ValueError, KeyError, TypeError) as error:
        reason = str(error)
    raise StoreError(f"Cannot read marker: {reason} (file={files.place}/{MARKER})")


def open_store(place: str | os.PathLike, **options: str) -> Store:
    """A store by its own place, a folder or a ``.zip``, committed or not."""
    folder, _, name = os.fspath(place).rstrip("/").rpartition("/")
    if name.endswith(".zip"):
        return Store(ZipFiles(files_of(folder or ".", **options), name))
    return Store(files_of(place, **options))
