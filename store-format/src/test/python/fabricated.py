"""Fabricated inputs of the exporter: a room with a cupboard as ATEK tar, as mesh, and as VIN store."""

import hashlib
import io
import json
import struct
import tarfile

import msgpack
import numpy as np
import tensorstore
import torch

import root_cloud

SIZE = 64
FRAMES = 6
FAR = np.float32(99999)
ROOM = np.array([[-2.0, -2.0, 0.0], [2.0, 2.0, 2.6]])
CUPBOARD = np.array([[0.9, -0.3, 0.0], [1.5, 0.3, 0.9]])
FISHEYE = np.array([27, 31.5, 31.5, 0.1, -0.05, 0.02, 0, 0, 0, 0.0004, -0.0003, 0.0002, -0.0001, 0.0003, 0.00005])
VALID_RADIUS = 31.0
IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1]
# The camera looks along the rig's z axis; in the image x is the rig's -y and y is the rig's x.
RIG_FROM_CAMERA = np.array([[0, 1, 0, 0.01], [-1, 0, 0, -0.02], [0, 0, 1, 0.03]])


def world_from_rig(x, y, z, yaw):
    """A level rig (x down, y left, z forward) as a matrix of 3 rows and 4 columns."""
    forward = np.array([np.cos(yaw), np.sin(yaw), 0])
    down = np.array([0, 0, -1.0])
    left = np.cross(forward, down)
    return np.column_stack([down, left, forward, [x, y, z]])


def trajectory(shift):
    return np.stack([world_from_rig(-1.2 + 0.05 * i, 0.1 * i - 0.3 + shift, 1.3, -0.05 * i) for i in range(FRAMES)])


def pose12(matrix):
    return np.concatenate([matrix[:, :3].reshape(9), matrix[:, 3]])


def box_mesh(corners):
    """Eight vertices and twelve faces of an axis-aligned box."""
    vertices = np.array([[corners[i][0], corners[j][1], corners[k][2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    faces = [face for a, b, c, d in quads for face in ((a, b, c), (a, c, d))]
    return vertices.astype(np.float32), np.array(faces, np.int32)


def scene_mesh():
    room, room_faces = box_mesh(ROOM)
    cupboard, cupboard_faces = box_mesh(CUPBOARD)
    return np.concatenate([room, cupboard]), np.concatenate([room_faces, cupboard_faces + 8])


def ray_distance(origins, rays):
    """Distance to the inside of the room or the outside of the cupboard."""
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(rays > 0, ROOM[1] - origins, ROOM[0] - origins) / rays
        near = np.minimum((CUPBOARD[0] - origins) / rays, (CUPBOARD[1] - origins) / rays).max(axis=1)
        far = np.maximum((CUPBOARD[0] - origins) / rays, (CUPBOARD[1] - origins) / rays).min(axis=1)
    wall = np.where(rays == 0, np.inf, room).min(axis=1)
    return np.where((near <= far) & (near > 0), np.minimum(near, wall), wall)


def calibration():
    record = np.zeros(34, np.float32)
    record[:10] = [SIZE, SIZE, FISHEYE[0], FISHEYE[0], FISHEYE[1], FISHEYE[2], 1, 0.001, VALID_RADIUS, VALID_RADIUS]
    record[10:22] = root_cloud.inverse(pose12(RIG_FROM_CAMERA))
    record[22:] = FISHEYE[3:]
    return record


def depth_images(poses):
    """Exact ray distances of the fisheye camera, one image per pose."""
    v, u = np.mgrid[0:SIZE, 0:SIZE]
    uv = np.stack([u.ravel(), v.ravel()], axis=1).astype(float)
    camera_rays = root_cloud.fisheye624_rays(uv, np.concatenate([FISHEYE[:1], FISHEYE]))
    images = []
    for pose in poses:
        rays = camera_rays @ RIG_FROM_CAMERA[:, :3].T @ pose[:, :3].T
        origin = pose[:, :3] @ RIG_FROM_CAMERA[:, 3] + pose[:, 3]
        images.append(ray_distance(np.broadcast_to(origin, rays.shape), rays).reshape(1, SIZE, SIZE))
    return np.stack(images).astype(np.float32)


def jpeg(width, height):
    """The head of a JPEG image; the exporter reads no more."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"none"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"


def sparse_points(seed, frames):
    """Points on the cupboard and the walls per frame, one of them NaN."""
    random = np.random.default_rng(seed)
    points = []
    for _ in range(frames):
        on_cupboard = CUPBOARD[0] + random.random((40, 3)) * (CUPBOARD[1] - CUPBOARD[0])
        on_cupboard[:, 0] = CUPBOARD[0][0]
        on_wall = ROOM[0] + random.random((40, 3)) * (ROOM[1] - ROOM[0])
        on_wall[:, 0] = ROOM[[0, 1] * 20, 0]
        points.append(np.concatenate([on_cupboard, on_wall]).astype(np.float32))
    points[1][7] = np.nan
    return points


def snippet_members(scene, shift=0.0, seed=1):
    """Members of one sample by name after its key: tensors, texts, JSON objects and bytes."""
    poses = trajectory(shift).astype(np.float32)
    times = 5_000_000_000 + 200_000_000 * np.arange(FRAMES)
    points = sparse_points(seed, FRAMES)
    size = (CUPBOARD[1] - CUPBOARD[0]).astype(np.float32)
    centre = CUPBOARD.mean(axis=0)
    cupboard_pose = np.column_stack([np.eye(3), centre]).astype(np.float32)
    members = {
        "sequence_name.txt": scene,
        "mtd#ts_world_device.pth": poses,
        "mtd#capture_timestamps_ns.pth": times,
        "mtd#gravity_in_world.pth": np.array([0, 0, -9.81], np.float32),
        "msdpd#points_world+stacked.pth": np.concatenate(points),
        "msdpd#points_inv_dist_std+stacked.pth": np.full(sum(map(len, points)), 0.002, np.float32),
        "msdpd#points_world_lengths.pth": np.array([len(each) for each in points]),
        "msdpd#points_volumn_min.pth": ROOM[0].astype(np.float32),
        "msdpd#points_volumn_max.pth": ROOM[1].astype(np.float32),
        "mfcd#camera-rgb+images_0.jpeg": jpeg(SIZE, SIZE),
        "mfcd#camera-rgb+camera_model_name.txt": "CameraModelType.FISHEYE624",
        "mfcd#camera-rgb+projection_params.pth": FISHEYE,
        "mfcd#camera-rgb+camera_valid_radius.pth": np.array([VALID_RADIUS]),
        "mfcd#camera-rgb+t_device_camera.pth": RIG_FROM_CAMERA.astype(np.float32),
        "mfcd#camera-rgb+capture_timestamps_ns.pth": times,
        "mfcd#camera-rgb+exposure_durations_s.pth": np.full(FRAMES, 0.004, np.float32),
        "mfcd#camera-rgb+gains.pth": np.arange(1, FRAMES + 1).astype(np.float32),
        "mfcd#camera-rgb-depth+images.pth": depth_images(poses.astype(float)),
    }
    names = {}
    # The last time has only an object of class "other"; the time before it is the latest with a box.
    for time, instances, classes in ((times[-1], [9], ["other"]), (times[-2], [7, 9], ["cabinet", "other"])):
        names[str(time)] = {"camera-rgb": {"category_names": classes}, "camera-slam-left": {"category_names": classes}}
        for camera in names[str(time)]:
            stem = f"gt_data#efm_gt+{time}+{camera}+"
            members[stem + "instance_ids.pth"] = np.array(instances)
            members[stem + "category_ids.pth"] = np.array([4] * len(instances))
            members[stem + "object_dimensions.pth"] = np.stack([size] * len(instances))
            members[stem + "ts_world_object.pth"] = np.stack([cupboard_pose] * len(instances))
    members["gt_data.json"] = {"efm_gt": names}
    return members


def encoded(content):
    if isinstance(content, np.ndarray):
        file = io.BytesIO()
        torch.save(torch.from_numpy(content.copy()), file)
        return file.getvalue()
    if isinstance(content, dict):
        return json.dumps(content).encode()
    return content.encode() if isinstance(content, str) else content


def write_tar(path, samples):
    """Writes samples (members by key) as ATEK does, in one tar."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w") as archive:
        for key, members in samples.items():
            for name, content in members.items():
                data = encoded(content)
                info = tarfile.TarInfo(f"{key}.{name}")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))


def write_scene_ply(path):
    """A binary PLY with doubles, colours and short index lists, as other tools write them."""
    vertices, faces = scene_mesh()
    vertex_table = np.zeros(len(vertices), [("xyz", "<f8", 3), ("red", "u1")])
    vertex_table["xyz"] = vertices
    face_table = np.zeros(len(faces), [("count", "u1"), ("indices", "<u2", 3)])
    face_table["count"], face_table["indices"] = 3, faces
    header = (
        "ply\nformat binary_little_endian 1.0\ncomment a room\n"
        f"element vertex {len(vertices)}\nproperty double x\nproperty double y\nproperty double z\nproperty uchar red\n"
        f"element face {len(faces)}\nproperty list uchar ushort vertex_indices\nend_header\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + vertex_table.tobytes() + face_table.tobytes())


def detected_table():
    """One object, the cupboard at the origin, then a row of zeros and one of NaN."""
    table = np.full((1, 3, 34), np.nan, np.float32)
    table[0, :2] = 0
    size = CUPBOARD[1] - CUPBOARD[0]
    table[0, 0, :6] = np.stack([-size / 2, size / 2], axis=1).reshape(6)
    table[0, 0, 6:18] = -1
    table[0, 0, 18:27] = IDENTITY
    table[0, 0, 30:34] = 19, 7, 0.8, 0
    return table


def write_array(path, rows, chunk):
    """A Zarr v3 array with zstd; chunks equal to the fill value are not stored."""
    spec = {
        "driver": "zarr3",
        "kvstore": {"driver": "file", "path": str(path)},
        "metadata": {
            "shape": list(rows.shape),
            "data_type": rows.dtype.name,
            "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": chunk}},
            "fill_value": False if rows.dtype == bool else 0,
            "codecs": [
                {"name": "bytes", "configuration": {"endian": "little"}},
                {"name": "zstd", "configuration": {"level": 1}},
            ],
        },
    }
    tensorstore.open(spec, create=True).result().write(rows).result()


def write_records(folder, name, records):
    blobs = [msgpack.packb(record) for record in records]
    stem = name.replace(".", "__")
    (folder / f"{stem}.msgpack").write_bytes(b"".join(blobs))
    np.save(folder / f"{stem}.offsets.npy", np.cumsum([0] + [len(blob) for blob in blobs]))


def write_vin(folder, keys, version=8, **changes):
    """A store of one shard; `keys` are (sample key, scene, snippet, split). Rows after the first lack blocks.

    Row 0 has detected boxes with NaN padding, voxels and names; in row 1 the boxes are zeros and the
    names nil, as the writer fills up absent values; voxel chunks of row 1 are absent.
    """
    count = len(keys)
    snippet = np.array(IDENTITY + [0.5, 0, 0], np.float32)
    detected = np.zeros((count, 1, 3, 34), np.float32)
    detected[0] = detected_table()
    detected[0, 0, 0, 27:30] = CUPBOARD.mean(axis=0) - [0.5, 0, 0]
    voxel_counts = np.zeros((count, 1, 4, 4, 4), np.int64)
    voxel_counts[0, 0, 2, 1, 1] = 5
    blocks = {
        "vin.t_world_snippet": np.stack([[snippet]] * count),
        "oracle.reference_pose_world_rig": np.stack([pose12(trajectory(0.0)[-1])] * count).astype(np.float32),
        "detected.obbs": detected,
        "backbone.t_world_voxel": np.zeros((count, 1, 12), np.float32),
        "backbone.voxel_extent": np.zeros((count, 6), np.float32),
        "backbone.counts": voxel_counts,
        "backbone.occ_pr": np.zeros((count, 1, 1, 4, 4, 4), np.float32),
    }
    blocks["backbone.t_world_voxel"][0, 0] = IDENTITY + [0, 0, 0]
    blocks["backbone.voxel_extent"][0] = [-2, 2, -2, 2, 0, 2.6]
    blocks["backbone.occ_pr"][0, 0, 0, 2, 1, 1] = 0.9
    if version == 7:
        del blocks["vin.t_world_snippet"]
    shard = folder / "shards" / "shard-000000"
    shard.mkdir(parents=True)
    for name, rows in blocks.items():
        write_array(shard / name.replace(".", "/"), rows, [1, *rows.shape[1:]])
    write_records(shard, "detected.obb_sem_id_to_name", [{19: "cabinet"}] + [None] * (count - 1))
    names = [*blocks, "detected.obb_sem_id_to_name"]
    manifest = {
        "version": version,
        "stats": {"num_samples": count, "interrupted": False},
        "provenance": {"split_policy": "sha1(sample_key)"},
        "shards": [{"shard_id": "shard-000000", "num_rows": count, "blocks": {name: {"name": name} for name in names}}],
    }
    manifest.update(changes)
    (folder / "manifest.json").write_text(json.dumps(manifest, separators=(",", ":")))
    fields = ("sample_key", "scene_id", "snippet_id", "split")
    lines = [
        json.dumps({"sample_index": i, **dict(zip(fields, key, strict=True)), "shard_id": "shard-000000", "row": i})
        for i, key in enumerate(keys)
    ]
    (folder / "sample_index.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "splits").mkdir()
    for split in {key[3] for key in keys}:
        np.save(folder / "splits" / f"{split}.npy", np.array([i for i, key in enumerate(keys) if key[3] == split]))


def tree_digest(folder):
    """SHA-256 over names and bytes of all files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
