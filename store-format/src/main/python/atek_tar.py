"""ATEK snippet tars of the EFM flavour: which members there are, and how to read them.

A tar holds several snippets; a member is called `<sample key>.<field>.<ext>`. FIELDS and
BOX_MEMBER are the only place that knows field names.
"""

import io
import json
import tarfile
from dataclasses import dataclass

import numpy as np
import torch

from problems import RAW_LOAD_FAILED, RefusedInput, RowLeftOut

# Name in this exporter -> (member after "<sample key>.", content). F frames of the trajectory,
# R frames of the RGB camera, M points of all frames one after the other.
FIELDS = {
    "scene": ("sequence_name.txt", "scene id; without it the folder of the tar, if that is a number"),
    "poses": ("mtd#ts_world_device.pth", "[F,3,4] world from rig"),
    "pose_times": ("mtd#capture_timestamps_ns.pth", "[F] nanoseconds"),
    "gravity": ("mtd#gravity_in_world.pth", "[3], optional"),
    "points": ("msdpd#points_world+stacked.pth", "[M,3] semidense points, world"),
    "points_std": ("msdpd#points_inv_dist_std+stacked.pth", "[M] 1/metres, optional"),
    "points_per_frame": ("msdpd#points_world_lengths.pth", "[frames] points of every frame"),
    "volume_min": ("msdpd#points_volumn_min.pth", "[3] lower corner of the volume, optional"),
    "volume_max": ("msdpd#points_volumn_max.pth", "[3] upper corner of the volume, optional"),
    "image": ("mfcd#camera-rgb+images_0.jpeg", "first RGB image; only its size is read"),
    "camera_model": ("mfcd#camera-rgb+camera_model_name.txt", "fisheye624 or linear"),
    "projection": ("mfcd#camera-rgb+projection_params.pth", "[15], [16] or [4] pixels"),
    "valid_radius": ("mfcd#camera-rgb+camera_valid_radius.pth", "[1] pixels"),
    "rig_from_camera": ("mfcd#camera-rgb+t_device_camera.pth", "[3,4] or [R,3,4]"),
    "image_times": ("mfcd#camera-rgb+capture_timestamps_ns.pth", "[R] nanoseconds"),
    "exposures": ("mfcd#camera-rgb+exposure_durations_s.pth", "[R], optional, else 0.001"),
    "gains": ("mfcd#camera-rgb+gains.pth", "[R], optional, else 1"),
    "depth": ("mfcd#camera-rgb-depth+images.pth", "[R,1,H,W] metres along the ray, optional"),
    "boxes": ("gt_data.json", "ground-truth class names by time and camera, optional"),
}

# Tensors of the ground truth, which gt_data.json leaves out.
BOX_GROUP = "efm_gt"
BOX_MEMBER = "gt_data#efm_gt+{time}+{camera}+{tensor}.pth"
BOX_TENSORS = ("instance_ids", "category_ids", "object_dimensions", "ts_world_object")
BOX_NAMES = "category_names"

ABSENT = "the tar has no such member"


@dataclass(frozen=True)
class Snippet:
    """One sample of a tar: its key, and offset and size of its members by name after the key."""

    tar: object
    key: str
    members: dict

    def has(self, field):
        return FIELDS[field][0] in self.members

    def array(self, field):
        """The tensor of a field as a NumPy array; float64 becomes float32."""
        return self.tensor_member(FIELDS[field][0])

    def optional_array(self, field):
        return self.array(field) if self.has(field) else None

    def content(self, field):
        return self.read(FIELDS[field][0])

    def tensor_member(self, member):
        content = io.BytesIO(self.read(member))
        try:
            tensor = torch.load(content, map_location="cpu", weights_only=True)
        except Exception as broken:  # torch raises many kinds for bytes that are no tensor
            raise self.left_out(member, f"no PyTorch file: {first_line(broken)}") from broken
        if not isinstance(tensor, torch.Tensor):
            raise self.left_out(member, f"holds a {type(tensor).__name__} (expected a tensor)")
        array = tensor.detach().contiguous().numpy()
        return array.astype(np.float32) if array.dtype.kind == "f" else array

    def text(self, field):
        member = FIELDS[field][0]
        try:
            return self.read(member).decode("utf-8").strip()
        except UnicodeDecodeError as broken:
            raise self.left_out(member, "no UTF-8 text") from broken

    def json(self, field):
        try:
            value = json.loads(self.text(field))
        except ValueError as broken:
            raise self.left_out(FIELDS[field][0], f"no JSON: {broken}") from broken
        if not isinstance(value, dict):
            raise self.left_out(FIELDS[field][0], "no JSON object")
        return value

    def read(self, member):
        if member not in self.members:
            raise self.left_out(member, ABSENT)
        offset, size = self.members[member]
        try:
            with open(self.tar, "rb") as file:
                file.seek(offset)
                content = file.read(size)
        except OSError as broken:
            raise self.left_out(member, str(broken)) from broken
        if len(content) != size:
            raise self.left_out(member, f"{len(content)} bytes (expected {size})")
        return content

    def left_out(self, member, reason):
        return RowLeftOut(
            RAW_LOAD_FAILED,
            f"Cannot read snippet: {reason} (member={self.key}.{member}, tar={self.tar}, sample={self.key})",
        )

    def absent(self, field):
        return self.left_out(FIELDS[field][0], ABSENT)

    def invalid(self, field, what, rule):
        return RowLeftOut(
            RAW_LOAD_FAILED,
            f"Invalid snippet: {what} (expected {rule}, member={self.key}.{FIELDS[field][0]},"
            f" tar={self.tar}, sample={self.key})",
        )

    def scene_id(self):
        if not self.has("scene") and self.tar.parent.name.isdigit():
            return self.tar.parent.name
        return self.text("scene")


def first_line(error):
    return (str(error).splitlines() or [type(error).__name__])[0]


def find_tars(places):
    """All tars of files and folders, sorted."""
    tars = set()
    for place in places:
        if not place.exists():
            raise RefusedInput(f"Cannot open tars: no such file or folder (path={place})")
        tars.update(place.rglob("*.tar") if place.is_dir() else [place])
    if not tars:
        raise RefusedInput("Cannot open tars: the folders hold no *.tar (tars=" + ", ".join(map(str, places)) + ")")
    return sorted(tars)


def index_tars(tars):
    """Returns snippets by exact key (rule S-6) and one message per tar that could not be read to its end."""
    snippets, broken = {}, []
    for tar in tars:
        keys = {}
        try:
            read_index(tar, keys)
        except (OSError, tarfile.TarError) as failed:
            broken.append(f"Cannot read tar to its end: {first_line(failed)} (tar={tar})")
        for key, members in keys.items():
            if key in snippets:
                raise RefusedInput(
                    f"Cannot index tars: a sample key occurs twice (sample={key}, tar={tar}, first={snippets[key].tar})"
                )
            snippets[key] = Snippet(tar, key, members)
    return snippets, broken


def read_index(tar, keys):
    """Adds what the headers of one tar say; what was added before an error stays."""
    end = 0
    with tarfile.open(tar, "r:") as archive:
        for info in archive:
            end = max(end, info.offset_data + info.size)
            parts = info.name.rsplit("/", 1)[-1].rsplit(".", 2)
            if not info.isfile() or info.issparse() or len(parts) != 3 or not parts[0]:
                continue
            members = keys.setdefault(parts[0], {})
            member = parts[1] + "." + parts[2]
            if member in members:
                raise RefusedInput(f"Cannot index tars: a member occurs twice (member={info.name}, tar={tar})")
            members[member] = (info.offset_data, info.size)
    with open(tar, "rb") as file:
        file.seek((end + 511) // 512 * 512)
        if file.read(512) != bytes(512):
            raise tarfile.ReadError("the end mark is missing")
