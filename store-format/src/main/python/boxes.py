"""Object boxes of 34 values: padding, latest slice, and ground truth as ATEK stores it."""

import csv
import hashlib
from dataclasses import dataclass, field

import numpy as np

from atek_tar import BOX_GROUP, BOX_MEMBER, BOX_NAMES, BOX_TENSORS
from problems import RefusedInput

LENGTH = 34
POSE = slice(18, 30)
MINUS_ONE, NOT_A_NUMBER, ZERO = "minus_one", "not_a_number", "zero"


@dataclass(frozen=True)
class BoxTable:
    """Objects `[K,34]` without padding, their rows in the table they come from, and class names by id."""

    boxes: np.ndarray
    source_index: list
    frame: str
    names: dict
    padding: dict = field(default_factory=dict)


def padding_of(row):
    """Why a row is no object (rule S-3), or None."""
    if np.isnan(row[:6]).any() or np.isnan(row[POSE]).any():
        return NOT_A_NUMBER
    if (row == -1).all():
        return MINUS_ONE
    return ZERO if (row == 0).all() else None


def latest_slice(table, names, frame):
    """The objects of the latest slice of `[T,K,34]` or `[K,34]` that has any (specification source 7.2).

    None if every value is 0, which is how a store fills up a row that had no table (6.4).
    """
    slices = np.asarray(table, np.float32).reshape((-1,) + table.shape[-2:])
    if slices.size and not slices.any():
        return None
    found = None
    for boxes in slices[::-1]:
        reasons = [padding_of(row) for row in boxes]
        kept = [i for i, reason in enumerate(reasons) if reason is None]
        padding = {reason: reasons.count(reason) for reason in reasons if reason is not None}
        candidate = BoxTable(boxes[kept], kept, frame, names, padding)
        if kept:
            return candidate
        found = found or candidate
    return found or BoxTable(np.zeros((0, LENGTH), np.float32), [], frame, names)


class Taxonomy:
    """Maps ATEK class names to the names and ids of EFM; columns of the file: ATEK name, EFM name, EFM id."""

    def __init__(self, path):
        content = path.read_bytes()
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.classes = {}
        for line, row in enumerate(csv.reader(content.decode("utf-8").splitlines()), 1):
            if line == 1 or not row:
                continue
            if len(row) < 3 or not row[2].strip().isdigit():
                raise RefusedInput(f"Invalid taxonomy: {row} (expected ATEK name, name, id, file={path}, line={line})")
            self.classes[row[0]] = (row[1], int(row[2]))


def ground_truth(snippet, taxonomy):
    """Boxes of the latest time that has one, in world coordinates, or None if the snippet has no ground truth.

    Objects of the class `other` are no targets and are left out, as in EFM.
    """
    if not snippet.has("boxes"):
        return None
    by_time = snippet.json("boxes").get(BOX_GROUP)
    if not by_time:
        return None
    if not isinstance(by_time, dict) or not all(
        isinstance(by_camera, dict) and all(isinstance(entry, dict) for entry in by_camera.values())
        for by_camera in by_time.values()
    ):
        raise snippet.invalid("boxes", f"another structure under {BOX_GROUP}", "time, camera, then fields")
    table = None
    for time in sorted(by_time, key=lambda text: time_of(snippet, text), reverse=True):
        table = boxes_at(snippet, time, by_time[time], taxonomy)
        if len(table.boxes):
            break
    return table


def time_of(snippet, text):
    if not text.isdigit():
        raise snippet.invalid("boxes", f"time {text}", "nanoseconds")
    return int(text)


def boxes_at(snippet, time, by_camera, taxonomy):
    rows, names, seen = [], {}, set()
    for camera, entry in by_camera.items():
        tensors = [
            snippet.tensor_member(BOX_MEMBER.format(time=time, camera=camera, tensor=name)) for name in BOX_TENSORS
        ]
        instances, classes, sizes, poses = tensors
        class_names = entry.get(BOX_NAMES, [])
        count = len(class_names)
        if (
            any(len(tensor.reshape(-1)) != count for tensor in (instances, classes))
            or sizes.shape != (count, 3)
            or poses.shape != (count, 3, 4)
        ):
            raise snippet.invalid("boxes", f"{count} names at {time} in {camera}", "as many of each tensor")
        for i, name in enumerate(class_names):
            instance = int(instances.reshape(-1)[i])
            if instance in seen:
                continue
            seen.add(instance)
            if name == "other":
                continue
            class_name, class_id = named_class(snippet, name, int(classes.reshape(-1)[i]), taxonomy)
            names[class_id] = class_name
            rows.append(box_of(sizes[i], poses[i], class_id, instance))
    boxes = np.array(rows, np.float32).reshape(-1, LENGTH)
    return BoxTable(boxes, list(range(len(boxes))), "world", names)


def named_class(snippet, name, class_id, taxonomy):
    if taxonomy is None:
        return name, class_id
    if name not in taxonomy.classes:
        raise snippet.invalid("boxes", f"class {name}", "a class of the taxonomy")
    return taxonomy.classes[name]


def box_of(size, pose, class_id, instance):
    half = size.astype(np.float32) / np.float32(2)
    bounds = np.stack([-half, half], axis=1).reshape(6)
    return np.concatenate(
        [bounds, np.full(12, -1), pose[:, :3].reshape(9), pose[:, 3], [class_id, instance, 1, 0]]
    ).astype(np.float32)
