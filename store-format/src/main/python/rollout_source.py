"""Writes rollout source v1 (specification source 11.2): rows, row hashes, meshes and manifest."""

import hashlib
import json
import os
import shutil
import struct

import numpy as np
import pyarrow
from pyarrow import parquet

from problems import RefusedInput

ROWS_PER_PART = 64
MOST_DRAFTS = 1000
INT64, STRING, BYTES = pyarrow.int64(), pyarrow.string(), pyarrow.binary()
LONGS, INTS, NAMES = pyarrow.list_(INT64), pyarrow.list_(pyarrow.int32()), pyarrow.map_(pyarrow.int32(), STRING)

# Columns in schema order, which is also the order of the row hash; True marks required ones.
COLUMNS = [
    ("sample_index", INT64, True),
    ("sample_key", STRING, True),
    ("scene_id", STRING, True),
    ("snippet_id", STRING, True),
    ("split", STRING, True),
    ("source_shard_id", STRING, True),
    ("source_shard_row", INT64, True),
    ("t_world_rig", BYTES, True),
    ("trajectory_time_ns", LONGS, False),
    ("gravity_in_world", BYTES, False),
    ("root_pose_world_rig", BYTES, True),
    ("reference_pose_world_rig", BYTES, False),
    ("t_world_snippet", BYTES, False),
    ("rgb_calib", BYTES, True),
    ("points_world", BYTES, True),
    ("points_inv_dist_std", BYTES, False),
    ("points_frame", BYTES, False),
    ("volume_min", BYTES, False),
    ("volume_max", BYTES, False),
    ("occupancy_extent", BYTES, True),
    ("detected_obbs", BYTES, False),
    ("detected_frame", STRING, False),
    ("detected_names", NAMES, False),
    ("detected_source_index", INTS, False),
    ("gt_obbs", BYTES, False),
    ("gt_frame", STRING, False),
    ("gt_names", NAMES, False),
    ("gt_source_index", INTS, False),
    ("voxel_pose", BYTES, False),
    ("voxel_extent", BYTES, False),
    ("voxel_dims", INTS, False),
    ("voxel_counts", BYTES, False),
    ("voxel_occ", BYTES, False),
    ("root_eval_points_world", BYTES, False),
    ("root_eval_meta", STRING, False),
    ("mesh_sha256", STRING, True),
    ("mesh_vertices", INT64, False),
    ("mesh_faces", INT64, False),
    ("row_sha256", STRING, True),
]
SEARCHED_COLUMNS = [name for name, _, _ in COLUMNS[:7]]
SCHEMA = pyarrow.schema([pyarrow.field(name, kind, nullable=not required) for name, kind, required in COLUMNS])

CONVENTIONS = {
    "units": "metres, nanoseconds, pixels with centres at integers",
    "world": "z up, gravity along -z",
    "rig": "x down, y left, z forward",
    "pose": "row-major rotation, then translation; maps the frame named last into the first",
    "camera": "u grows along +x, v along +y of the calibration camera, z forward",
}


def float_bytes(values):
    return np.ascontiguousarray(values, "<f4").tobytes()


def int_bytes(values):
    return np.ascontiguousarray(values, "<i4").tobytes()


def row_sha256(row):
    """SHA-256 over the framed names and bytes of all values but the hash, in schema order."""
    digest = hashlib.sha256()
    for name, kind, _ in COLUMNS:
        if row.get(name) is not None and name != "row_sha256":
            for part in (name.encode("utf-8"), canonical_bytes(row[name], kind)):
                digest.update(struct.pack(">q", len(part)))
                digest.update(part)
    return digest.hexdigest()


def canonical_bytes(value, kind):
    if kind == INT64:
        return struct.pack("<q", value)
    if kind == STRING:
        return value.encode("utf-8")
    if kind == LONGS:
        return np.array(value, "<i8").tobytes()
    if kind == INTS:
        return np.array(value, "<i4").tobytes()
    if kind == NAMES:
        texts = [(class_id, name.encode("utf-8")) for class_id, name in sorted(value.items())]
        return b"".join(struct.pack("<i", each) + struct.pack(">q", len(text)) + text for each, text in texts)
    return value


class RolloutSourceWriter:
    """Collects a source in a hidden draft folder and moves it to its place in one step."""

    def __init__(self, output):
        self.output = output
        refuse_if_taken(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        self.draft = new_draft(output)
        (self.draft / "samples").mkdir()
        (self.draft / "meshes").mkdir()
        self.files, self.splits, self.scenes = {}, {}, set()
        self.samples = self.frames = self.points = 0
        self.part = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.draft is not None:
            self.close_part()
            shutil.rmtree(self.draft)

    def add_mesh(self, mesh):
        """Writes a mesh under its hash, unless it is there, and returns the hash."""
        unnamed = self.draft / "unnamed.ply"
        sha256 = mesh.write(unnamed)
        path = f"meshes/{sha256}.ply"
        if path in self.files:
            unnamed.unlink()
        else:
            unnamed.rename(self.draft / path)
            self.files[path] = self.entry(path, sha256)
        return sha256

    def place_of_next(self):
        """Part and row that the next sample gets."""
        return f"part-{self.samples // ROWS_PER_PART:05d}", self.samples % ROWS_PER_PART

    def add_row(self, row, frames, points):
        """Appends one row as a row group of its own; the index and the hash are filled in here."""
        row = dict(row, sample_index=self.samples)
        row["row_sha256"] = row_sha256(row)
        columns = {name: [sorted_items(row.get(name))] for name, _, _ in COLUMNS}
        if self.part is None:
            self.part = parquet.ParquetWriter(
                self.draft / "samples" / (self.place_of_next()[0] + ".parquet"),
                SCHEMA,
                compression="zstd",
                compression_level=3,
                use_dictionary=False,
                write_statistics=SEARCHED_COLUMNS,
                write_page_checksum=True,
                store_schema=False,
            )
        self.part.write_table(pyarrow.table(columns, schema=SCHEMA))
        self.samples += 1
        self.frames += frames
        self.points += points
        self.scenes.add(row["scene_id"])
        self.splits[row["split"]] = self.splits.get(row["split"], 0) + 1
        if self.samples % ROWS_PER_PART == 0:
            self.close_part()

    def close_part(self):
        if self.part is None:
            return
        self.part.close()
        self.part = None
        index = (self.samples - 1) // ROWS_PER_PART
        path = f"samples/part-{index:05d}.parquet"
        if self.samples and (self.draft / path).is_file():
            rows = self.samples - index * ROWS_PER_PART
            self.files[path] = dict(self.entry(path, sha256_of(self.draft / path)), rows=rows)

    def entry(self, path, sha256):
        return {"path": path, "bytes": (self.draft / path).stat().st_size, "sha256": sha256}

    def finish(self, origin, split_policy, facts):
        """Writes the manifest, moves the source and returns its hash of 16 hex digits."""
        self.close_part()
        manifest = {
            "format": "nbv-rollout-source",
            "version": 1,
            "conventions": CONVENTIONS,
            "counts": {
                "samples": self.samples,
                "scenes": len(self.scenes),
                "frames": self.frames,
                "points": self.points,
            },
            "splits": self.splits,
            "provenance": {"origin": origin, "split_policy": split_policy, "facts": facts},
            "files": [self.files[path] for path in sorted(self.files)],
        }
        content = json.dumps(manifest, indent=2, sort_keys=True).encode("ascii")
        (self.draft / "manifest.json").write_bytes(content)
        refuse_if_taken(self.output)
        os.rename(self.draft, self.output)
        self.draft = None
        return hashlib.sha256(content).hexdigest()[:16]


def sorted_items(value):
    return sorted(value.items()) if isinstance(value, dict) else value


def refuse_if_taken(output):
    if os.path.lexists(output):
        raise RefusedInput(
            f"Cannot write source: the place is taken (output={output}); choose another one or remove it"
        )


def new_draft(output):
    for i in range(MOST_DRAFTS):
        draft = output.with_name(f".{output.name}.draft-{i}")
        try:
            draft.mkdir()
            return draft
        except FileExistsError:
            continue
    raise RefusedInput(
        f"Cannot write source: too many drafts lie beside it (output={output}); remove .{output.name}.draft-*"
    )


def sha256_of(file):
    digest = hashlib.sha256()
    with open(file, "rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
