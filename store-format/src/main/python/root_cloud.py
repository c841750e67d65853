"""Root evaluation cloud: ray distances of the RGB camera, un-projected and fused (specification generation 6.1)."""

import numpy as np

STEPS = 5
SMALLEST_SLOPE = 1e-6
LARGEST_ANGLE = 0.999 * np.pi / 2


def fisheye624_rays(uv, parameters):
    """Unit rays `[N,3]` of pixels `[N,2]`; parameters fx fy cx cy k0…k5 p0 p1 s0…s3.

    Two Newton solves of exactly five steps, as the specification defines the inverse of the lens.
    """
    fx, fy, cx, cy = parameters[:4]
    k, (p0, p1), (s0, s1, s2, s3) = parameters[4:10], parameters[10:12], parameters[12:16]
    wanted_x, wanted_y = (uv[:, 0] - cx) / fx, (uv[:, 1] - cy) / fy
    x, y = wanted_x.copy(), wanted_y.copy()
    for _ in range(STEPS):
        r2 = x * x + y * y
        error_x = wanted_x - (x + (2 * x * x + r2) * p0 + 2 * x * y * p1 + s0 * r2 + s1 * r2 * r2)
        error_y = wanted_y - (y + (2 * y * y + r2) * p1 + 2 * x * y * p0 + s2 * r2 + s3 * r2 * r2)
        cross = 2 * p0 * y + 2 * p1 * x
        prism_x, prism_y = s0 + 2 * s1 * r2, s2 + 2 * s3 * r2
        xx = 1 + 6 * p0 * x + 2 * p1 * y + 2 * x * prism_x
        xy = cross + 2 * y * prism_x
        yx = cross + 2 * x * prism_y
        yy = 1 + 6 * p1 * y + 2 * p0 * x + 2 * y * prism_y
        determinant = xx * yy - xy * yx
        x = x + (yy * error_x - xy * error_y) / determinant
        y = y + (xx * error_y - yx * error_x) / determinant
    radius = np.hypot(x, y)
    theta = angle_of(radius, k)
    sideways = np.divide(np.sin(theta), radius, out=np.zeros_like(radius), where=radius > 0)
    return np.stack([sideways * x, sideways * y, np.cos(theta)], axis=1)


def angle_of(radius, k):
    """The angle to the axis whose polynomial θ(1 + k0θ² + … + k5θ¹²) is `radius`."""
    theta = radius.copy()
    for _ in range(STEPS):
        powers = [theta ** (2 * i + 2) for i in range(6)]
        value = theta * (1 + sum(k[i] * powers[i] for i in range(6)))
        slope = 1 + sum((2 * i + 3) * k[i] * powers[i] for i in range(6))
        error = radius - value
        flat = np.abs(slope) <= SMALLEST_SLOPE
        step = np.where(
            flat,
            np.where(error * slope > 0, 10, -10) * SMALLEST_SLOPE,
            error / np.where(flat, 1, slope),
        )
        theta = theta + step
        theta = np.where(np.abs(theta) >= np.pi / 2, LARGEST_ANGLE, theta)
    return theta


def pinhole_rays(uv, parameters):
    fx, fy, cx, cy = parameters[:4]
    rays = np.stack([(uv[:, 0] - cx) / fx, (uv[:, 1] - cy) / fy, np.ones(len(uv))], axis=1)
    return rays / np.linalg.norm(rays, axis=1, keepdims=True)


class PixelRays:
    """Rays of every stride-th row and column that the calibration declares valid."""

    def __init__(self, calibration, stride):
        record = calibration.astype(np.float64)
        width, height = int(record[0]), int(record[1])
        v, u = np.mgrid[0:height:stride, 0:width:stride]
        uv = np.stack([u.reshape(-1), v.reshape(-1)], axis=1).astype(np.float64)
        parameters = np.concatenate([record[2:6], record[22:34]])
        is_pinhole = not record[22:34].any() and not record[8] > 0
        if is_pinhole:
            self.valid = np.ones(len(uv), bool)
        else:
            self.valid = np.hypot(*((uv - record[4:6]) / record[8:10]).T) < 1
        self.rays = (pinhole_rays if is_pinhole else fisheye624_rays)(uv[self.valid], parameters)
        self.stride = stride

    def points(self, distances, far):
        """Camera points of an image of ray distances `[H,W]`; only finite ones above 0 and up to `far`."""
        distance = distances[:: self.stride, :: self.stride].reshape(-1)[self.valid].astype(np.float64)
        kept = np.isfinite(distance) & (distance > 0) & (distance <= far)
        return self.rays[kept] * distance[kept, None]


def to_matrix(pose):
    """Rotation and translation of a pose of twelve values, as double."""
    wide = np.asarray(pose, np.float64)
    return wide[:9].reshape(3, 3), wide[9:12]


def transformed(points, pose):
    rotation, translation = to_matrix(pose)
    return points @ rotation.T + translation


def inverse(pose):
    rotation, translation = to_matrix(pose)
    return np.concatenate([rotation.T.reshape(9), -rotation.T @ translation])


def logged_frames(image_times, pose_times):
    """RGB frames up to the last pose, each with its nearest pose."""
    frames = []
    for frame, time in enumerate(image_times):
        if time <= pose_times[-1]:
            frames.append((frame, int(np.argmin(np.abs(pose_times - time)))))
    return frames


def build(depth, evidence, stride, far, voxel):
    """The fused cloud `[N,3]` in world metres as float32, and the RGB frames it was made of."""
    clouds, frames, cached = [], [], (None, None)
    for frame, row in logged_frames(evidence.image_times, evidence.pose_times):
        calibration = evidence.calibrations[row]
        lens = np.delete(calibration, [6, 7]).tobytes()
        if cached[0] != lens:
            cached = (lens, PixelRays(calibration, stride))
        camera_points = cached[1].points(depth[frame], far)
        rig_points = transformed(camera_points, inverse(calibration[10:22]))
        clouds.append(transformed(rig_points, evidence.poses[row]))
        frames.append(frame)
    points = np.concatenate(clouds) if clouds else np.zeros((0, 3))
    return fuse(points, voxel).astype(np.float32), frames


def fuse(points, voxel):
    """Means of the finite points of every grid cell, in the lexicographic order of the cells."""
    kept = points[np.isfinite(points).all(axis=1)]
    if voxel <= 0 or not len(kept):
        return kept
    cells = np.floor(kept / voxel).astype(np.int64)
    order = np.lexsort(cells.T[::-1])
    is_new = (np.diff(cells[order], axis=0) != 0).any(axis=1)
    group = np.zeros(len(kept), np.int64)
    group[order[1:]] = np.cumsum(is_new)
    sums = np.stack([np.bincount(group, weights=kept[:, axis]) for axis in range(3)], axis=1)
    return sums / np.bincount(group)[:, None]
