"""The parts of the exporter against golden numbers and the rules of the specification."""

import json
import pathlib
import tempfile
import unittest
from types import SimpleNamespace

import locations
import numpy as np

import boxes
import evidence
import mesh
import root_cloud
import sample_rows
from problems import RefusedInput, RowLeftOut


def vector(name):
    return json.loads((locations.VECTORS / name).read_text())


class TestRootCloud(unittest.TestCase):
    def test_unprojects_the_pixels_of_the_golden_lens(self):
        lens = vector("fisheye624.json")
        for row in lens["rows"]:
            ray = root_cloud.fisheye624_rays(np.array([row["uv"]]), np.array(lens["params"]))[0]
            np.testing.assert_allclose(ray / ray[2], row["unprojected_ray_z1"], atol=2e-8)

    def test_places_the_golden_pixel_in_the_world(self):
        lens = vector("fisheye624.json")
        golden = lens["root_cloud"]
        record = np.zeros(34)
        record[:10] = [240, 240, *lens["params"][:4], 1, 0.001, golden["valid_radius"], golden["valid_radius"]]
        record[10:22], record[22:] = golden["T_camera_rig"], lens["params"][4:]
        depth = np.zeros((1, 240, 240))
        u, v = golden["pixel_uv"]
        depth[0, v, u] = golden["ray_distance_m"]
        logged = SimpleNamespace(
            image_times=np.array([5]),
            pose_times=np.array([5]),
            calibrations=record[None],
            poses=np.array([golden["T_world_rig"]]),
        )
        points, frames = root_cloud.build(depth, logged, 2, 20.0, 0.02)
        self.assertEqual(frames, [0])
        np.testing.assert_allclose(points, [golden["point_world"]], atol=1e-6)

    def test_drops_pixels_outside_the_radius_beyond_far_and_without_depth(self):
        record = np.zeros(34)
        record[:10] = [4, 4, 2, 2, 1.5, 1.5, 1, 0.001, 2, 2]
        record[33] = 1e-9
        rays = root_cloud.PixelRays(record, 1)
        self.assertEqual(int(rays.valid.sum()), 12)
        image = np.full((4, 4), 3.0)
        image[1, 1], image[1, 2], image[2, 1], image[2, 2] = np.nan, 0, 20.001, 20
        self.assertEqual(len(rays.points(image, 20.0)), 9)

    def test_takes_frames_up_to_the_root_with_their_nearest_pose(self):
        self.assertEqual(
            root_cloud.logged_frames(np.array([90, 149, 201, 301]), np.array([100, 200, 300])), [(0, 0), (1, 0), (2, 1)]
        )

    def test_fuses_as_the_golden_numbers_say(self):
        golden = vector("render_and_rri.json")
        points = np.array([[float(value) for value in row] for row in golden["fuse"]["points"]])
        np.testing.assert_allclose(
            root_cloud.fuse(points, golden["fuse"]["voxel"]), golden["fuse"]["fused"], atol=1e-12
        )
        fused = root_cloud.fuse(np.array(golden["root_points_raw"]), golden["voxel_m"])
        np.testing.assert_allclose(fused, golden["root_points_fused"], atol=1e-12)


class TestEvidence(unittest.TestCase):
    POINTS = np.array([[0, 0, 0], [1, 2, 3]], np.float32)

    def test_extent_is_the_smaller_of_volume_and_points(self):
        small = (np.zeros(3, np.float32), np.full(3, 0.5, np.float32))
        large = (np.full(3, -9, np.float32), np.full(3, 9, np.float32))
        self.assertEqual(evidence.occupancy_extent(small, self.POINTS).tolist(), [0, 0.5, 0, 0.5, 0, 0.5])
        self.assertEqual(evidence.occupancy_extent(large, self.POINTS).tolist(), [0, 1, 0, 2, 0, 3])

    def test_extent_is_the_only_one_there_is(self):
        volume = (np.zeros(3, np.float32), np.full(3, 9, np.float32))
        nothing = np.zeros((0, 3), np.float32)
        self.assertEqual(evidence.occupancy_extent(volume, nothing).tolist(), [0, 9, 0, 9, 0, 9])
        self.assertEqual(evidence.occupancy_extent(None, self.POINTS).tolist(), [0, 1, 0, 2, 0, 3])
        self.assertIsNone(evidence.occupancy_extent(None, nothing))

    def test_flat_boxes_have_an_edge_of_a_micrometre_and_the_volume_wins_a_tie(self):
        volume = (np.zeros(3, np.float32), np.zeros(3, np.float32))
        point = np.array([[5, 5, 5]], np.float32)
        self.assertEqual(evidence.occupancy_extent(volume, point).tolist(), [0] * 6)

    def test_interpolates_along_the_screw_between_two_poses(self):
        quarter = [0, -1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0]
        start = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
        half = np.sqrt(0.5)
        # A quarter turn about (0, 1, 0): the origin moves on a circle.
        expected = [half, -half, 0, half, half, 0, 0, 0, 1, half, 1 - half, 0]
        np.testing.assert_allclose(evidence.interpolated(start, quarter, 0.5), expected, atol=1e-12)
        np.testing.assert_allclose(evidence.interpolated(start, quarter, 1.0), quarter, atol=1e-12)
        np.testing.assert_allclose(evidence.interpolated(start, start, 0.3), start, atol=1e-12)

    def test_reads_the_size_of_a_jpeg_behind_other_segments(self):
        head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\xf0\x01\x40\x01\x01\x11\x00"
        self.assertEqual(evidence.jpeg_size(head), (240, 320))
        self.assertIsNone(evidence.jpeg_size(b"GIF89a"))


class TestBoxes(unittest.TestCase):
    @staticmethod
    def box(value=0.5):
        return np.full(34, value, np.float32)

    def test_says_why_a_row_is_padding(self):
        nan_pose, nan_picture = self.box(), self.box()
        nan_pose[20], nan_picture[8] = np.nan, np.nan
        rows = [self.box(-1), nan_pose, self.box(0), nan_picture, self.box()]
        self.assertEqual(
            [boxes.padding_of(row) for row in rows], [boxes.MINUS_ONE, boxes.NOT_A_NUMBER, boxes.ZERO, None, None]
        )

    def test_takes_the_latest_slice_with_an_object(self):
        table = np.full((3, 2, 34), -1, np.float32)
        table[0, 0], table[1, 1] = 0.25, 0.5
        found = boxes.latest_slice(table, {4: "bed"}, "snippet")
        self.assertEqual(found.boxes.tolist(), [self.box().tolist()])
        self.assertEqual((found.source_index, found.padding, found.names), ([1], {boxes.MINUS_ONE: 1}, {4: "bed"}))

    def test_a_table_of_zeros_is_none_and_one_of_padding_is_empty(self):
        self.assertIsNone(boxes.latest_slice(np.zeros((1, 2, 34), np.float32), {}, "snippet"))
        padding = np.full((1, 2, 34), np.nan, np.float32)
        self.assertEqual(boxes.latest_slice(padding, {}, "snippet").padding, {boxes.NOT_A_NUMBER: 2})


class TestMesh(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def ply(self, text):
        file = self.folder / "mesh.ply"
        file.write_bytes(text.encode())
        return file

    HEADER = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
    FACE = "element face 1\nproperty list uchar int vertex_index\nend_header\n"

    def test_reads_text_and_writes_what_it_reads_back(self):
        read = mesh.load(self.ply(self.HEADER + self.FACE + "0 0 0\n1 0 0\n0 0.1 0\n3 0 1 2\n"))
        read.write(self.folder / "copy.ply")
        copy = mesh.load(self.folder / "copy.ply")
        self.assertEqual(copy.vertices.tobytes(), np.array([[0, 0, 0], [1, 0, 0], [0, 0.1, 0]], np.float32).tobytes())
        self.assertEqual(copy.faces.tolist(), [[0, 1, 2]])

    def test_refuses_what_is_no_triangle_mesh(self):
        for body, reason in (
            ("0 0 0\n1 0 0\n0 1 0\n4 0 1 2 0\n", "has not three entries"),
            ("0 0 0\n1 0 0\n0 1 0\n3 0 1 3\n", "names a vertex that is not there"),
            ("0 0 0\n1 0 0\nnan 1 0\n3 0 1 2\n", "is not finite"),
            ("0 0 0\n", "the file ends within element vertex"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(RowLeftOut, reason):
                mesh.load(self.ply(self.HEADER + self.FACE + body))


class TestSampleRows(unittest.TestCase):
    def test_splits_scenes_as_our_importer_does(self):
        splits = sample_rows.scene_splits(["81283", "81286", "83550", "81022"], 1, 1)
        self.assertEqual(sorted(splits.values()), ["test", "train", "train", "val"])
        self.assertEqual(splits, sample_rows.scene_splits(["83550", "81286", "81022", "81283"], 1, 1))
        with self.assertRaisesRegex(RefusedInput, "expected together at most the 1 scenes"):
            sample_rows.scene_splits(["81283"], 1, 1)

    def test_makes_the_keys_of_the_reference(self):
        self.assertEqual(sample_rows.sample_key("81283", "_a b//c._"), "81283::a_b_c.")


if __name__ == "__main__":
    unittest.main()
