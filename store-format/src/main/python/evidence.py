"""What one snippet of a tar offers: trajectory, calibration, points, volume and frames."""

from dataclasses import dataclass

import numpy as np

from root_cloud import inverse, to_matrix, transformed

CALIBRATION_LENGTH = 34
DEFAULT_GAIN, DEFAULT_EXPOSURE_S = 1.0, 1e-3
GRAVITY = np.array([0, 0, -9.81], np.float32)
GRAVITY_TOLERANCE = 1e-3
LEAST_EDGE_METRES = 1e-6
SNIPPET_ORIGIN_NS = 1_000_000_000
FISHEYE_NAMES = ("fisheye624", "f624", "fisheyeradtanthinprism")
PINHOLE_NAMES = ("linear", "pinhole")
# Radius of the valid image of an uncut RGB sensor of 2880 pixels.
RGB_VALID_RADIUS, RGB_SIZE = 1415.0, 2880.0


@dataclass(frozen=True)
class Evidence:
    """Arrays of one snippet; poses are twelve values, world from rig; times are nanoseconds."""

    poses: np.ndarray
    pose_times: np.ndarray
    gravity: np.ndarray
    image_times: np.ndarray
    calibrations: np.ndarray
    points: np.ndarray
    points_std: np.ndarray
    points_frame: np.ndarray
    volume: tuple
    extent: np.ndarray
    world_from_snippet: np.ndarray


def read_evidence(snippet, points_per_frame):
    """Reads everything but boxes and depth; whatever breaks a rule leaves the row out with its member."""
    poses, pose_times = trajectory(snippet)
    image_times = times(snippet, "image_times")
    calibrations = calibrations_of(snippet, pose_times, image_times)
    points, std, frame = sparse_points(snippet, points_per_frame)
    volume = volume_of(snippet)
    extent = occupancy_extent(volume, points)
    if extent is None:
        raise snippet.invalid("points", "no finite point and no volume", "one of them, for the occupancy extent")
    return Evidence(
        poses,
        pose_times,
        gravity_of(snippet),
        image_times,
        calibrations,
        points,
        std,
        frame,
        volume,
        extent,
        snippet_pose(poses, pose_times, image_times, calibrations),
    )


def trajectory(snippet):
    matrices = snippet.array("poses")
    pose_times = times(snippet, "pose_times")
    if matrices.shape != (len(pose_times), 3, 4) or not len(pose_times):
        raise snippet.invalid("poses", f"shape {list(matrices.shape)}", f"[{len(pose_times)}, 3, 4], at least one")
    poses = np.concatenate([matrices[:, :, :3].reshape(-1, 9), matrices[:, :, 3]], axis=1).astype(np.float32)
    if not np.isfinite(poses).all():
        raise snippet.invalid("poses", "a value that is not finite", "finite poses")
    if (np.diff(pose_times) < 0).any():
        raise snippet.invalid("pose_times", "a time before the one before it", "ascending times")
    return poses, pose_times


def times(snippet, field):
    values = snippet.array(field)
    if values.ndim != 1 or values.dtype.kind not in "iu" or not len(values):
        raise snippet.invalid(field, f"{values.dtype} of shape {list(values.shape)}", "integers, one per frame")
    return values.astype(np.int64)


def gravity_of(snippet):
    """Gravity, if given; the mesh is z up, so any other direction would not fit it."""
    gravity = snippet.optional_array("gravity")
    if gravity is None:
        return None
    gravity = gravity.astype(np.float32).reshape(-1)
    if gravity.shape != (3,) or not np.allclose(gravity, GRAVITY, rtol=0, atol=GRAVITY_TOLERANCE):
        raise snippet.invalid("gravity", str(gravity.tolist()), "0, 0, -9.81")
    return gravity


def calibrations_of(snippet, pose_times, image_times):
    """One record of 34 values per pose: that of the RGB frame nearest in time."""
    height, width = image_size(snippet)
    focal_x, focal_y, centre_x, centre_y, distortion = projection(snippet)
    radius = valid_radius(snippet, width, height, distortion)
    gains = per_frame(snippet, "gains", len(image_times), DEFAULT_GAIN)
    exposures = per_frame(snippet, "exposures", len(image_times), DEFAULT_EXPOSURE_S)
    camera_poses = camera_from_rig(snippet, len(image_times))
    records = np.zeros((len(pose_times), CALIBRATION_LENGTH), np.float32)
    for row, time in enumerate(pose_times):
        frame = int(np.argmin(np.abs(image_times - time)))
        records[row, :6] = width, height, focal_x, focal_y, centre_x, centre_y
        records[row, 6:10] = gains[frame], exposures[frame], radius, radius
        records[row, 10:22] = camera_poses[frame]
        records[row, 22:] = distortion
    if not np.isfinite(records).all():
        raise snippet.invalid("projection", "a calibration value that is not finite", "finite values")
    return records


def image_size(snippet):
    """Height and width: of the first RGB image, or of the depth frames if the tar has no images."""
    if snippet.has("image"):
        size = jpeg_size(snippet.content("image"))
        if size is None:
            raise snippet.invalid("image", "no frame header", "a JPEG image")
        return size
    if not snippet.has("depth"):
        raise snippet.absent("image")
    return snippet.array("depth").shape[-2:]


def jpeg_size(content):
    """Height and width in the frame header of a JPEG image, or None."""
    at = 2
    while content[:2] == b"\xff\xd8" and at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 5 : at + 7], "big"), int.from_bytes(content[at + 7 : at + 9], "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big") if marker != 0xFF else 1
    return None


def projection(snippet):
    parameters = snippet.array("projection").reshape(-1)
    model = snippet.text("camera_model").lower().rsplit(".", 1)[-1].split(":", 1)[0]
    if model in FISHEYE_NAMES and len(parameters) == 15:
        return parameters[0], parameters[0], *parameters[1:3], parameters[3:]
    if model in FISHEYE_NAMES and len(parameters) == 16:
        return *parameters[:4], parameters[4:]
    if model in PINHOLE_NAMES and len(parameters) == 4:
        return *parameters, np.zeros(12, np.float32)
    raise snippet.invalid(
        "projection", f"{len(parameters)} values for {model}", "15 or 16 for fisheye624, 4 for linear"
    )


def valid_radius(snippet, width, height, distortion):
    """Pixels; 0 marks a pinhole. A radius beyond the image is replaced as EFM does for a square RGB image."""
    if not distortion.any():
        return 0.0
    values = snippet.array("valid_radius").reshape(-1)
    if not 1 <= len(values) <= 2 or values.min() != values.max():
        raise snippet.invalid("valid_radius", str(values.tolist()), "one radius")
    radius = float(values[0])
    if radius > min(width, height):
        if width != height:
            raise snippet.invalid("valid_radius", f"{radius} for {width}x{height}", "at most the image")
        return RGB_VALID_RADIUS * height / RGB_SIZE
    if not radius > 0:
        raise snippet.invalid("valid_radius", str(radius), "more than 0")
    return radius


def per_frame(snippet, field, frames, default):
    values = snippet.optional_array(field)
    if values is None:
        return np.full(frames, default, np.float32)
    values = values.reshape(-1)
    if len(values) != frames:
        raise snippet.invalid(field, f"{len(values)} values", f"{frames}, one per RGB frame")
    return values


def camera_from_rig(snippet, frames):
    matrices = snippet.array("rig_from_camera")
    matrices = matrices.reshape((-1,) + matrices.shape[-2:])
    if matrices.shape not in ((1, 3, 4), (frames, 3, 4)):
        raise snippet.invalid("rig_from_camera", f"shape {list(matrices.shape)}", f"[3, 4] or [{frames}, 3, 4]")
    poses = [inverse(np.concatenate([each[:, :3].reshape(9), each[:, 3]])) for each in matrices]
    return poses * frames if len(poses) == 1 else poses


def sparse_points(snippet, points_per_frame):
    """Finite points of all frames in order, with their quality and frame; at most so many of each frame."""
    points = snippet.array("points")
    lengths = snippet.array("points_per_frame").reshape(-1).astype(np.int64)
    if points.ndim != 2 or points.shape[1] != 3 or (lengths < 0).any() or lengths.sum() != len(points):
        raise snippet.invalid("points", f"shape {list(points.shape)}", f"[{lengths.sum()}, 3], the sum over frames")
    frame = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(points)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    kept = np.isfinite(points).all(axis=1) & (place < points_per_frame)
    std = snippet.optional_array("points_std")
    if std is not None:
        if std.size != len(points):
            raise snippet.invalid("points_std", f"{std.size} values", f"{len(points)}, one per point")
        std = std.reshape(-1)[kept]
    return points[kept], std, frame[kept].astype(np.int32)


def volume_of(snippet):
    """Lower and upper corner if both are given and finite, else None."""
    lower, upper = snippet.optional_array("volume_min"), snippet.optional_array("volume_max")
    if lower is None or upper is None:
        return None
    lower, upper = lower.reshape(-1), upper.reshape(-1)
    if lower.shape != (3,) or upper.shape != (3,):
        raise snippet.invalid("volume_min", f"{lower.size} and {upper.size} values", "3 each")
    if not (np.isfinite(lower).all() and np.isfinite(upper).all()):
        return None
    if (lower > upper).any():
        raise snippet.invalid("volume_min", f"{lower.tolist()} above {upper.tolist()}", "min at most max")
    return lower, upper


def occupancy_extent(volume, points):
    """xmin xmax ymin ymax zmin zmax of the smaller of volume and box of the points (specification source 7.2)."""
    boxes = [volume] if volume is not None else []
    if len(points):
        boxes.append((points.min(axis=0), points.max(axis=0)))
    if not boxes:
        return None
    lower, upper = min(boxes, key=cubic_metres)
    return np.stack([lower, upper], axis=1).reshape(6).astype(np.float32)


def cubic_metres(box):
    lower, upper = (np.asarray(corner, np.float64) for corner in box)
    return float(np.maximum(upper - lower, LEAST_EDGE_METRES).prod())


def snippet_pose(poses, pose_times, image_times, calibrations):
    """World from snippet as EFM chooses it: the RGB camera one second after the first RGB frame."""
    time = image_times[0] + SNIPPET_ORIGIN_NS
    upper = int(np.clip(np.searchsorted(pose_times, time), 0, len(pose_times) - 1))
    lower = upper if upper == 0 or pose_times[upper] <= time else upper - 1
    span = pose_times[upper] - pose_times[lower]
    share = (time - pose_times[lower]) / span if span > 0 else 0.0
    rig = interpolated(poses[lower], poses[upper], share)
    camera = inverse(calibrations[upper][10:22])
    rotation = to_matrix(rig)[0] @ to_matrix(camera)[0]
    translation = transformed(camera[None, 9:], rig)[0]
    return np.concatenate([rotation.reshape(9), translation]).astype(np.float32)


def interpolated(start, end, share):
    """The pose at a share of the screw motion from one pose to another."""
    start_rotation, start_translation = to_matrix(start)
    end_rotation, end_translation = to_matrix(end)
    rotation = start_rotation.T @ end_rotation
    translation = start_rotation.T @ (end_translation - start_translation)
    cosine = np.clip((np.trace(rotation) - 1) / 2, -1, 1)
    angle = np.arccos(cosine)
    scale = 0.5 if angle < 1e-9 else angle / (2 * np.sin(angle))
    skew = scale * (rotation - rotation.T)
    linear = np.linalg.solve(screw(skew), translation)
    part = share * skew
    moved_rotation = start_rotation @ exponential(part)
    moved = start_rotation @ (screw(part) @ (share * linear)) + start_translation
    return np.concatenate([moved_rotation.reshape(9), moved])


def exponential(skew):
    angle = np.sqrt((skew * skew).sum() / 2)
    if angle < 1e-9:
        return np.eye(3) + skew
    return np.eye(3) + np.sin(angle) / angle * skew + (1 - np.cos(angle)) / angle**2 * skew @ skew


def screw(skew):
    """The matrix that turns the linear part of a twist into a translation."""
    angle = np.sqrt((skew * skew).sum() / 2)
    if angle < 1e-9:
        return np.eye(3) + skew / 2
    first = (1 - np.cos(angle)) / angle**2
    second = (angle - np.sin(angle)) / angle**3
    return np.eye(3) + first * skew + second * skew @ skew


def read_depth(snippet, evidence):
    """Ray distances `[R,H,W]` in metres, or None if the tar has none."""
    depth = snippet.optional_array("depth")
    if depth is None:
        return None
    width, height = (int(size) for size in evidence.calibrations[0][:2])
    expected = (len(evidence.image_times), 1, height, width)
    if depth.shape != expected:
        raise snippet.invalid("depth", f"shape {list(depth.shape)}", f"{list(expected)}, as the RGB frames")
    return depth[:, 0]
