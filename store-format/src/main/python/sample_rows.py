"""Joins what tar, VIN store and mesh say about one sample into a row of rollout source v1."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass

import boxes
import evidence as evidences
import mesh
import root_cloud
from problems import RAW_LOAD_FAILED, RefusedInput, RowLeftOut
from rollout_source import float_bytes, int_bytes

SCENE_SPLIT_POLICY = "sha256(scene_id)/v1"
IDENTIFIER_RULE = "1 to 256 characters without control characters, slashes or backslashes, not . or .."


@dataclass(frozen=True)
class Sample:
    """Who a row is; `vin` is its record in the VIN store, if there is one, and `index` its place there."""

    sample_key: str
    scene_id: str
    snippet_id: str
    split: str
    vin: object = None
    index: int = -1


def sample_key(scene_id, snippet_id):
    parts = [re.sub(r"^_+|_+$", "", re.sub(r"[^0-9A-Za-z._-]+", "_", text)) for text in (scene_id, snippet_id)]
    return "::".join(parts)


def check_identifiers(sample):
    for text in (sample.sample_key, sample.scene_id, sample.snippet_id, sample.split):
        good = 0 < len(text) <= 256 and text not in (".", "..")
        if not good or any(char < " " or char in "\x7f/\\" for char in text):
            raise RowLeftOut(
                RAW_LOAD_FAILED,
                f"Invalid identifier: {text!r} (expected {IDENTIFIER_RULE}, sample={sample.snippet_id})",
            )


def scene_splits(scene_ids, val_scenes, test_scenes):
    """Split by scene: ranked by the SHA-256 of the id, first `val`, then `test`, the rest `train`."""
    ranked = sorted(
        set(scene_ids), key=lambda scene: (hashlib.sha256(f"scene-split-1|{scene}".encode()).hexdigest(), scene)
    )
    if val_scenes + test_scenes > len(ranked):
        raise RefusedInput(
            f"Invalid split: {val_scenes} val and {test_scenes} test scenes"
            f" (expected together at most the {len(ranked)} scenes)"
        )
    names = ["val"] * val_scenes + ["test"] * test_scenes
    return dict(zip(ranked, names + ["train"] * (len(ranked) - len(names)), strict=True))


class RowMaker:
    """Makes rows; counts where their fields come from, and keeps the meshes of scenes."""

    def __init__(self, options, snippets, vin, taxonomy):
        self.options, self.snippets, self.vin, self.taxonomy = options, snippets, vin, taxonomy
        self.counts = Counter()
        self.warnings = []
        self.meshes = {}

    def write(self, sample, writer):
        """Appends the row of a sample, or raises RowLeftOut before anything of it is written."""
        check_identifiers(sample)
        if sample.vin is not None:
            self.vin.refuse_superseded(sample.index)
        snippet = self.snippets.get(sample.snippet_id)
        if snippet is None:
            raise RowLeftOut(
                RAW_LOAD_FAILED, f"Cannot find snippet: no tar has this sample key (sample={sample.snippet_id})"
            )
        if sample.vin is not None and snippet.scene_id() != sample.scene_id:
            raise snippet.invalid("scene", f"scene {snippet.scene_id()}", f"{sample.scene_id}, as in the VIN store")
        found = evidences.read_evidence(snippet, self.options.points_per_frame)
        row = self.identity(sample, writer)
        row.update(actor_columns(found))
        row.update(self.cloud(snippet, found))
        counts = Counter()
        row.update(self.box_columns(snippet, sample, counts))
        row.update(self.vin_columns(sample, counts))
        row.update(self.mesh_columns(sample.scene_id, writer))
        writer.add_row(row, len(found.poses), len(found.points))
        self.counts.update(counts)
        self.counts["rows.root_cloud"] += "root_eval_meta" in row

    def identity(self, sample, writer):
        shard, place = (sample.vin.shard_id, sample.vin.row) if sample.vin is not None else writer.place_of_next()
        return {
            "sample_key": sample.sample_key,
            "scene_id": sample.scene_id,
            "snippet_id": sample.snippet_id,
            "split": sample.split,
            "source_shard_id": shard,
            "source_shard_row": place,
        }

    def cloud(self, snippet, found):
        options = self.options
        depth = evidences.read_depth(snippet, found) if options.root_cloud else None
        if depth is None:
            if options.root_cloud:
                self.warnings.append(f"No root cloud: {snippet.absent('depth')}")
            return {}
        points, frames = root_cloud.build(depth, found, options.root_stride, options.root_far_m, options.root_voxel_m)
        meta = {
            "source": "ase_gt_depth_root",
            "stride": options.root_stride,
            "far_clip_m": options.root_far_m,
            "voxel_size_m": options.root_voxel_m,
            "frames": frames,
        }
        return {
            "root_eval_points_world": float_bytes(points),
            "root_eval_meta": json.dumps(meta, sort_keys=True, separators=(",", ":")),
        }

    def box_columns(self, snippet, sample, counts):
        columns = {}
        truth = self.vin.boxes(sample.vin, "gt") if sample.vin is not None else None
        origin = "vin"
        if truth is None:
            truth, origin = boxes.ground_truth(snippet, self.taxonomy), "snippet"
        if truth is not None:
            columns.update(table_columns("gt", truth, counts))
            counts[f"gt.from_{origin}"] += 1
        detected = self.vin.boxes(sample.vin, "detected") if sample.vin is not None else None
        if detected is not None:
            columns.update(table_columns("detected", detected, counts))
            counts["detected.from_vin"] += 1
        return columns

    def vin_columns(self, sample, counts):
        columns = {}
        if sample.vin is None:
            return columns
        reference = self.vin.pose(sample.vin, "oracle.reference_pose_world_rig")
        if reference is not None:
            columns["reference_pose_world_rig"] = float_bytes(reference)
        snippet_pose = self.vin.pose(sample.vin, "vin.t_world_snippet")
        if snippet_pose is not None:
            columns["t_world_snippet"] = float_bytes(snippet_pose)
        voxels = self.vin.voxels(sample.vin)
        if voxels is not None:
            pose, extent, dims, observed, occupancy = voxels
            columns["voxel_pose"], columns["voxel_extent"] = float_bytes(pose), float_bytes(extent)
            columns["voxel_dims"], columns["voxel_counts"] = dims, int_bytes(observed)
            columns["voxel_occ"] = None if occupancy is None else float_bytes(occupancy.reshape(-1))
            counts["voxels.from_vin"] += 1
        return columns

    def mesh_columns(self, scene_id, writer):
        """Writes the mesh of a scene with its first row; a mesh that failed once is not tried again."""
        if scene_id not in self.meshes:
            self.meshes[scene_id] = self.add_mesh(scene_id, writer)
        if isinstance(self.meshes[scene_id], RowLeftOut):
            raise self.meshes[scene_id]
        return self.meshes[scene_id]

    def add_mesh(self, scene_id, writer):
        try:
            scene_mesh = mesh.load(self.options.meshes / self.options.mesh_name.replace("{scene}", scene_id))
        except RowLeftOut as failed:
            return failed
        return {
            "mesh_sha256": writer.add_mesh(scene_mesh),
            "mesh_vertices": len(scene_mesh.vertices),
            "mesh_faces": len(scene_mesh.faces),
        }


def actor_columns(found):
    columns = {
        "t_world_rig": float_bytes(found.poses),
        "trajectory_time_ns": found.pose_times.tolist(),
        "gravity_in_world": None if found.gravity is None else float_bytes(found.gravity),
        "root_pose_world_rig": float_bytes(found.poses[-1]),
        "t_world_snippet": float_bytes(found.world_from_snippet),
        "rgb_calib": float_bytes(found.calibrations),
        "points_world": float_bytes(found.points),
        "points_inv_dist_std": None if found.points_std is None else float_bytes(found.points_std),
        "points_frame": int_bytes(found.points_frame),
        "occupancy_extent": float_bytes(found.extent),
    }
    if found.volume is not None:
        columns["volume_min"], columns["volume_max"] = (float_bytes(corner) for corner in found.volume)
    return columns


def table_columns(kind, table, counts):
    for reason, rows in table.padding.items():
        counts[f"{kind}.padding.{reason}"] += rows
    return {
        f"{kind}_obbs": float_bytes(table.boxes),
        f"{kind}_frame": table.frame,
        f"{kind}_names": table.names,
        f"{kind}_source_index": table.source_index,
    }
