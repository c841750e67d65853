"""VIN offline stores of version 7 and 8: index, splits, and the blocks that a rollout source takes."""

import hashlib
import json
import re
from dataclasses import dataclass

import msgpack
import numpy as np
import tensorstore

from boxes import LENGTH, latest_slice
from problems import RAW_LOAD_FAILED, SUPERSEDED, RefusedInput, RowLeftOut

VERSIONS = (7, 8)
SHARD_ID = re.compile(r"shard-[0-9]{6}")
INDEX_TEXTS = ("sample_key", "scene_id", "snippet_id", "split", "shard_id")
SPLITS = ("train", "val", "test")


@dataclass(frozen=True)
class VinRow:
    """One line of the sample index."""

    sample_key: str
    scene_id: str
    snippet_id: str
    split: str
    shard_id: str
    row: int


class VinStore:
    """A store that passed the checks of its index; rows are in index order."""

    def __init__(self, folder, allow_interrupted, allow_duplicates):
        self.folder = folder
        content = read_bytes(folder / "manifest.json")
        manifest = parsed(content, folder / "manifest.json")
        self.version = manifest.get("version")
        if self.version not in VERSIONS:
            raise RefusedInput(f"Cannot open VIN store: version {self.version} (expected 7 or 8, store={folder})")
        self.manifest_hash = hashlib.sha256(content).hexdigest()[:16]
        self.split_policy = manifest.get("provenance", {}).get("split_policy", "unknown")
        self.interrupted = bool(manifest.get("stats", {}).get("interrupted", False))
        if self.interrupted and not allow_interrupted:
            raise RefusedInput(
                f"Cannot open VIN store: its writing run was interrupted, so it is a part (store={folder})."
                " Say --allow-interrupted to export the part"
            )
        self.shards = {shard["shard_id"]: shard for shard in manifest.get("shards", [])}
        self.rows = self.read_index()
        self.check_index(manifest)
        self.superseded = self.check_duplicates(allow_duplicates)
        self.opened = (None, {})

    def read_index(self):
        file, rows = self.folder / "sample_index.jsonl", []
        for number, line in enumerate(read_bytes(file).splitlines(), 1):
            record = parsed(line, f"{file}:{number}")
            good = all(isinstance(record.get(key), str) and record[key] for key in INDEX_TEXTS)
            good = good and record.get("sample_index") == number - 1 and isinstance(record.get("row"), int)
            if not good or record["split"] not in SPLITS or record["row"] < 0:
                raise RefusedInput(
                    f"Invalid sample index: {record} (expected ascending sample_index, texts, a known split, a row,"
                    f" file={file}, line={number})"
                )
            rows.append(VinRow(*(record[key] for key in INDEX_TEXTS), record["row"]))
        return rows

    def check_index(self, manifest):
        """Index, shards and counts agree (rule S-10)."""
        problems = []
        for shard_id, shard in self.shards.items():
            count = sum(row.shard_id == shard_id for row in self.rows)
            if not SHARD_ID.fullmatch(shard_id) or count != shard["num_rows"]:
                problems.append(f"{shard_id} has {count} index records (expected its {shard['num_rows']} rows)")
        for row in self.rows:
            if row.shard_id not in self.shards or row.row >= self.shards[row.shard_id]["num_rows"]:
                problems.append(f"{row.sample_key} is row {row.row} of {row.shard_id} (expected a row of the manifest)")
        stated = manifest.get("stats", {}).get("num_samples", len(self.rows))
        if stated != len(self.rows):
            problems.append(f"{len(self.rows)} index records (expected the {stated} samples of the manifest)")
        for split in sorted({row.split for row in self.rows}):
            members = [index for index, row in enumerate(self.rows) if row.split == split]
            file = self.folder / "splits" / f"{split}.npy"
            if not file.is_file() or sorted(load_npy(file).tolist()) != members:
                problems.append(f"split {split} (expected the {len(members)} rows of the index, file={file})")
        if problems:
            raise RefusedInput("\n".join(f"Invalid VIN store: {each} (store={self.folder})" for each in problems))

    def check_duplicates(self, allowed):
        """Indices of rows that a later row of the same snippet replaces; other repetitions are refused (S-2)."""
        for what, keys in (
            ("sample_key", [row.sample_key for row in self.rows]),
            ("(shard_id, row)", [(row.shard_id, row.row) for row in self.rows]),
        ):
            if len(set(keys)) != len(keys):
                repeated = sorted({str(key) for key in keys if keys.count(key) > 1})
                raise RefusedInput(
                    f"Invalid VIN store: repeated {what} {repeated} (expected each once, store={self.folder})"
                )
        last = {(row.scene_id, row.snippet_id): index for index, row in enumerate(self.rows)}
        replaced = {i for i, row in enumerate(self.rows) if last[(row.scene_id, row.snippet_id)] != i}
        if replaced and not allowed:
            raise RefusedInput(
                f"Invalid VIN store: {len(replaced)} rows repeat a snippet"
                f" (first={self.rows[min(replaced)].sample_key}, store={self.folder})."
                " Say --allow-duplicate-snippets to export the last row of each"
            )
        return replaced

    def refuse_superseded(self, index):
        if index in self.superseded:
            raise RowLeftOut(
                SUPERSEDED, f"Row is superseded: a later row has its snippet (sample={self.rows[index].sample_key})"
            )

    def has(self, row, block):
        """Presence is a matter of the shard of the row (rule S-4)."""
        return block in self.shards[row.shard_id]["blocks"]

    def array(self, row, block):
        """The values of one row, or None if its shard has no such block; absent chunks read as fill value."""
        if not self.has(row, block):
            return None
        path = self.folder / "shards" / row.shard_id / block.replace(".", "/")
        try:
            return self.opened_array(path)[row.row].read().result()
        except (ValueError, KeyError, OSError, IndexError) as broken:
            raise self.left_out(row, block, str(broken).splitlines()[0]) from broken

    def opened_array(self, path):
        if self.opened[0] != path.parent.parent:
            self.opened = (path.parent.parent, {})
        arrays = self.opened[1]
        if path not in arrays:
            spec = {"driver": "zarr3", "kvstore": {"driver": "file", "path": str(path.resolve())}}
            arrays[path] = tensorstore.open(spec, read=True).result()
        return arrays[path]

    def names(self, row, block):
        """A record of class names by id, or an empty one if the row has nil or the shard no such block."""
        if not self.has(row, block):
            return {}
        stem = self.folder / "shards" / row.shard_id / re.sub(r"[/.]", "__", block)
        try:
            offsets = np.load(stem.with_name(stem.name + ".offsets.npy"), allow_pickle=False)
            start, end = int(offsets[row.row]), int(offsets[row.row + 1])
            if end < start:
                raise ValueError("offsets descend")
            content = stem.with_name(stem.name + ".msgpack").read_bytes()
            record = msgpack.unpackb(content[start:end], strict_map_key=False)
            return {int(key): str(name) for key, name in (record or {}).items()}
        except (ValueError, OSError, IndexError, AttributeError, msgpack.UnpackException) as broken:
            raise self.left_out(row, block, str(broken)) from broken

    def pose(self, row, block):
        """Twelve finite values; all zero or all NaN means that there is none."""
        values = self.array(row, block)
        if values is None or not values.any() or np.isnan(values).all():
            return None
        if values.size != 12 or not np.isfinite(values).all():
            raise self.left_out(row, block, "no pose")
        return values.reshape(12).astype(np.float32)

    def boxes(self, row, kind):
        """Boxes of `gt` or `detected`, in the frame of the snippet, or None."""
        block = kind + ".obbs"
        table = self.array(row, block)
        if table is None:
            return None
        if table.ndim < 2 or table.shape[-1] != LENGTH:
            raise self.left_out(row, block, f"shape {list(table.shape)} (expected 34 values per box)")
        return latest_slice(table, self.names(row, kind + ".obb_sem_id_to_name"), "snippet")

    def voxels(self, row):
        """Pose, extent, dims, counts and occupancy (or None) of the detector grid, or None."""
        pose = self.pose(row, "backbone.t_world_voxel")
        extent, counts = self.array(row, "backbone.voxel_extent"), self.array(row, "backbone.counts")
        if pose is None or extent is None or counts is None or not extent.any():
            return None
        occupancy = self.array(row, "backbone.occ_pr")
        dims = [int(length) for length in counts.shape[-3:]]
        good = counts.size == np.prod(dims) and extent.size == 6 and np.isfinite(extent).all()
        good = good and counts.min(initial=0) >= 0 and counts.max(initial=0) < 2**31
        if not good or (occupancy is not None and occupancy.size != counts.size):
            raise self.left_out(row, "backbone.counts", "grid of another shape than its extent, dims or occupancy")
        return pose, extent.reshape(6), dims, counts.reshape(-1).astype("<i4"), occupancy

    def left_out(self, row, block, reason):
        return RowLeftOut(
            RAW_LOAD_FAILED,
            f"Cannot read VIN row: {reason} (block={block}, shard={row.shard_id}, row={row.row},"
            f" sample={row.sample_key}, store={self.folder})",
        )


def read_bytes(file):
    try:
        return file.read_bytes()
    except OSError as broken:
        raise RefusedInput(f"Cannot open VIN store: {broken.strerror} (file={file})") from broken


def parsed(content, file):
    try:
        value = json.loads(content)
    except ValueError as broken:
        raise RefusedInput(f"Invalid VIN store: no JSON: {broken} (file={file})") from broken
    if not isinstance(value, dict):
        raise RefusedInput(f"Invalid VIN store: no JSON object (file={file})")
    return value


def load_npy(file):
    try:
        return np.load(file, allow_pickle=False)
    except (ValueError, OSError) as broken:
        raise RefusedInput(f"Invalid VIN store: no NPY array: {broken} (file={file})") from broken
