"""Exports fabricated tars, meshes and VIN stores, and lets the readers in Java judge the sources."""

import contextlib
import io
import json
import pathlib
import subprocess
import tempfile
import unittest

import locations
import numpy as np
from pyarrow import parquet

import export_rollout_source
import fabricated

SCENE = "81283"
KEY = "AriaSyntheticEnvironment_81283_AtekDataSample_"
FIRST, SECOND = KEY + "000000", KEY + "000001"
LAUNCHER = locations.REPOSITORY / "nbv-rollouts"


def nbv_rollouts(*arguments):
    return subprocess.run([LAUNCHER, *map(str, arguments)], capture_output=True, text=True, check=False)


class ExportCase(unittest.TestCase):
    def setUp(self):
        self.work = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.tar = self.work / "tars" / SCENE / "shards-0000.tar"
        self.out = self.work / "source"
        self.samples = {FIRST: fabricated.snippet_members(SCENE), SECOND: fabricated.snippet_members(SCENE, 0.2, 2)}
        fabricated.write_scene_ply(self.work / "meshes" / f"scene_ply_{SCENE}.ply")

    def write_vin(self, **options):
        keys = [(f"{SCENE}::{key}", SCENE, key, "train") for key in (FIRST, SECOND)]
        fabricated.write_vin(self.work / "vin", keys, **options)

    def export(self, *options):
        """Exit code and everything that was printed."""
        fabricated.write_tar(self.tar, self.samples)
        places = ["--tars", self.work / "tars", "--meshes", self.work / "meshes", "--out", self.out]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = export_rollout_source.main([str(each) for each in (*places, *options)])
        return code, printed.getvalue()

    def rows(self):
        return parquet.read_table(self.out / "samples" / "part-00000.parquet").to_pylist()

    def facts(self):
        return json.loads((self.out / "manifest.json").read_text())["provenance"]["facts"]

    def assert_sound(self, rows):
        checked = nbv_rollouts("source", "check", self.out)
        count = f"{rows} row" if rows == 1 else f"{rows} rows"
        self.assertEqual(
            (checked.returncode, checked.stdout.strip()), (0, f"{self.out} is sound: {count}"), checked.stderr
        )


class TestExport(ExportCase):
    def test_java_reads_and_describes_what_was_exported(self):
        self.assertEqual(self.export()[0], 0)
        self.assert_sound(2)
        described = nbv_rollouts("source", "describe", self.out)
        self.assertEqual(described.returncode, 0, described.stderr)
        for text in ("atek-efm", SCENE, "cabinet"):
            self.assertIn(text, described.stdout)

    def test_java_builds_rollouts_from_an_export_with_a_vin_store(self):
        self.write_vin()
        self.assertEqual(self.export("--vin", self.work / "vin")[0], 0)
        self.assert_sound(2)
        manifest, stores = self.work / "campaign" / "shards.jsonl", self.work / "campaign" / "stores"
        planned = nbv_rollouts(
            "plan", "--config", "smoke.toml", "--source", self.out, "--output-manifest", manifest, "--rows-per-shard", 1
        )
        self.assertEqual(planned.returncode, 0, planned.stderr)
        built = nbv_rollouts(
            "run", "--config", "smoke.toml", "--shard-manifest", manifest, "--final-root", stores, "--allow-dirty-build"
        )
        self.assertEqual(built.returncode, 0, built.stderr)
        (owner,) = stores.glob("*/_owner.json")
        (outcome,) = json.loads(owner.read_text())["source_outcomes"]
        self.assertEqual((outcome["outcome"], outcome["root_cloud"]), ("generated", "ase_gt_depth_root"))
        self.assertGreater(outcome["rollouts"], 0)

    def test_same_inputs_give_the_same_bytes_and_stay_as_they_are(self):
        self.export()
        digest = fabricated.tree_digest(self.out)
        inputs = [fabricated.tree_digest(self.work / folder) for folder in ("tars", "meshes")]
        self.out = self.work / "again"
        self.export()
        self.assertEqual(fabricated.tree_digest(self.out), digest)
        self.assertEqual([fabricated.tree_digest(self.work / folder) for folder in ("tars", "meshes")], inputs)

    def test_rows_hold_the_bytes_of_the_tar(self):
        self.export()
        row, members = self.rows()[0], self.samples[FIRST]
        poses = members["mtd#ts_world_device.pth"]
        expected = np.concatenate([poses[:, :, :3].reshape(-1, 9), poses[:, :, 3]], axis=1)
        self.assertEqual(row["t_world_rig"], expected.tobytes())
        self.assertEqual(row["root_pose_world_rig"], expected[-1].tobytes())
        points = members["msdpd#points_world+stacked.pth"]
        self.assertEqual(row["points_world"], points[np.isfinite(points).all(axis=1)].tobytes())
        self.assertEqual(
            np.frombuffer(row["points_frame"], "<i4").tolist(), [0] * 80 + [1] * 79 + sorted([2, 3, 4, 5] * 80)
        )
        calibration = np.frombuffer(row["rgb_calib"], "<f4").reshape(-1, 34).copy()
        self.assertEqual(calibration[:, 6].tolist(), [1, 2, 3, 4, 5, 6])
        calibration[:, 6:8] = [1, 0.001]
        self.assertEqual(calibration.tobytes(), np.stack([fabricated.calibration()] * 6).tobytes())

    def test_ground_truth_is_the_latest_slice_without_the_class_other(self):
        taxonomy = self.work / "taxonomy.csv"
        taxonomy.write_text("ATEK,EFM,id\ncabinet,cupboard,19\n")
        self.export("--taxonomy", taxonomy)
        row = self.rows()[0]
        box = np.frombuffer(row["gt_obbs"], "<f4")
        self.assertEqual((row["gt_frame"], row["gt_names"], row["gt_source_index"]), ("world", [(19, "cupboard")], [0]))
        np.testing.assert_allclose(box[27:], [*fabricated.CUPBOARD.mean(axis=0), 19, 7, 1, 0], atol=1e-6)

    def test_the_root_cloud_lies_on_the_surfaces(self):
        self.export()
        row = self.rows()[0]
        points = np.frombuffer(row["root_eval_points_world"], "<f4").reshape(-1, 3)
        self.assertGreater(len(points), 2000)
        wall = np.abs(points[:, None, :] - fabricated.ROOM).min(axis=(1, 2))
        cupboard = np.abs(points[:, None, :] - fabricated.CUPBOARD).min(axis=(1, 2))
        off = np.minimum(wall, cupboard) > 1e-4
        # Means of a voxel that an edge crosses leave the surface by a voxel at most.
        self.assertLess(off.mean(), 0.02)
        self.assertLess(np.minimum(wall, cupboard).max(), 0.02)
        meta = {
            "far_clip_m": 20.0,
            "frames": [0, 1, 2, 3, 4, 5],
            "source": "ase_gt_depth_root",
            "stride": 2,
            "voxel_size_m": 0.02,
        }
        self.assertEqual(json.loads(row["root_eval_meta"]), meta)

    def test_a_linear_camera_has_neither_distortion_nor_radius(self):
        for members in self.samples.values():
            members["mfcd#camera-rgb+camera_model_name.txt"] = "CameraModelType.LINEAR"
            members["mfcd#camera-rgb+projection_params.pth"] = np.array([40, 41, 31.5, 32.5], np.float32)
        self.export()
        camera = np.frombuffer(self.rows()[0]["rgb_calib"], "<f4")[:34]
        self.assertEqual(camera[:6].tolist(), [64, 64, 40, 41, 31.5, 32.5])
        self.assertFalse(camera[8:10].any() or camera[22:].any())
        self.assertGreater(len(self.rows()[0]["root_eval_points_world"]), 0)

    def test_the_snippet_frame_is_the_camera_one_second_after_the_first_image(self):
        self.export()
        pose = np.frombuffer(self.rows()[0]["t_world_snippet"], "<f4")
        rig = fabricated.trajectory(0.0)[5]
        camera = rig[:, :3] @ fabricated.RIG_FROM_CAMERA[:, 3] + rig[:, 3]
        np.testing.assert_allclose(pose[9:], camera, atol=1e-6)


class TestVin(ExportCase):
    def test_takes_what_rows_have_and_leaves_fillers_out(self):
        self.write_vin()
        self.export("--vin", self.work / "vin")
        full, filled = self.rows()
        self.assertEqual(
            (full["detected_frame"], full["detected_names"], full["detected_source_index"]),
            ("snippet", [(19, "cabinet")], [0]),
        )
        self.assertEqual(full["voxel_dims"], [4, 4, 4])
        self.assertEqual(np.frombuffer(full["voxel_counts"], "<i4").reshape(4, 4, 4)[2, 1, 1], 5)
        self.assertEqual(np.frombuffer(full["t_world_snippet"], "<f4")[9:].tolist(), [0.5, 0, 0])
        self.assertEqual((full["source_shard_id"], filled["source_shard_row"]), ("shard-000000", 1))
        for column in ("detected_obbs", "voxel_pose", "voxel_counts"):
            self.assertIsNone(filled[column], column)
        facts = self.facts()
        self.assertEqual((facts["detected.padding.zero"], facts["detected.padding.not_a_number"]), ("1", "1"))
        self.assertEqual((facts["gt.from_snippet"], facts["detected.from_vin"]), ("2", "1"))

    def test_version_7_takes_the_snippet_frame_from_the_tar(self):
        self.write_vin(version=7)
        self.assertEqual(self.export("--vin", self.work / "vin")[0], 0)
        self.assertEqual(self.facts()["vin.version"], "7")
        self.assertNotEqual(np.frombuffer(self.rows()[0]["t_world_snippet"], "<f4")[9:].tolist(), [0.5, 0, 0])

    def test_refuses_other_versions_interrupted_stores_and_repeated_snippets(self):
        for changes, reason in (
            ({"version": 10}, "version 10 .expected 7 or 8"),
            ({"stats": {"num_samples": 2, "interrupted": True}}, "Say --allow-interrupted"),
            ({"stats": {"num_samples": 3}}, "expected the 3 samples of the manifest"),
        ):
            with self.subTest(reason), tempfile.TemporaryDirectory() as folder:
                self.work_vin = pathlib.Path(folder) / "vin"
                keys = [(f"{SCENE}::{key}", SCENE, key, "train") for key in (FIRST, SECOND)]
                fabricated.write_vin(self.work_vin, keys, **changes)
                code, printed = self.export("--vin", self.work_vin)
                self.assertEqual(code, 3)
                self.assertRegex(printed, reason)
                self.assertFalse(self.out.exists())

    def test_the_last_of_repeated_snippets_is_exported_if_that_is_allowed(self):
        keys = [("a", SCENE, FIRST, "train"), ("b", SCENE, FIRST, "train")]
        fabricated.write_vin(self.work / "vin", keys)
        self.assertEqual(self.export("--vin", self.work / "vin")[0], 3)
        code, printed = self.export("--vin", self.work / "vin", "--allow-duplicate-snippets")
        self.assertEqual(code, 2)
        self.assertIn("left out (superseded)", printed)
        self.assertEqual([row["sample_key"] for row in self.rows()], ["b"])


class TestLeftOut(ExportCase):
    def test_a_missing_member_is_named_with_tar_and_sample(self):
        del self.samples[SECOND]["mfcd#camera-rgb+projection_params.pth"]
        code, printed = self.export("--report", self.work / "report.json")
        self.assertEqual(code, 2)
        self.assertIn(
            "left out (raw_load_failed): Cannot read snippet: the tar has no such member"
            f" (member={SECOND}.mfcd#camera-rgb+projection_params.pth, tar={self.tar}, sample={SECOND})",
            printed,
        )
        report = json.loads((self.work / "report.json").read_text())
        self.assertEqual(
            [(row["sample"], row["cause"]) for row in report["left_out"]], [(f"{SCENE}::{SECOND}", "raw_load_failed")]
        )
        self.assertEqual(self.facts()["left_out.raw_load_failed"], "1")
        self.assert_sound(1)

    def test_every_bad_member_leaves_its_row_out(self):
        cases = (
            ("mtd#ts_world_device.pth", b"pickle", "no PyTorch file"),
            ("mtd#gravity_in_world.pth", np.array([0, -9.81, 0], np.float32), "expected 0, 0, -9.81"),
            ("msdpd#points_world_lengths.pth", np.array([3]), r"expected \[3, 3\]"),
            ("mfcd#camera-rgb+camera_model_name.txt", "KB3", "15 values for kb3"),
            ("mfcd#camera-rgb-depth+images.pth", np.zeros((6, 1, 4, 4), np.float32), "as the RGB frames"),
            ("sequence_name.txt", "a/b", "Invalid identifier"),
        )
        for number, (member, content, reason) in enumerate(cases):
            with self.subTest(member):
                self.samples[SECOND] = {**self.samples[FIRST], member: content}
                self.out = self.work / f"source-{number}"
                code, printed = self.export()
                self.assertEqual(code, 2)
                self.assertRegex(printed, r"left out \(raw_load_failed\): .*" + reason)
                self.assertEqual(len(self.rows()), 1)

    def test_a_pickle_that_would_run_code_is_not_run(self):
        import pickle

        class Trap:
            def __reduce__(self):
                return (pathlib.Path.touch, (self.mark,))

        Trap.mark = self.work / "trapped"
        self.samples[SECOND]["mtd#ts_world_device.pth"] = pickle.dumps(Trap())
        self.assertEqual(self.export()[0], 2)
        self.assertFalse(Trap.mark.exists())

    def test_a_missing_mesh_is_another_cause_than_a_broken_one(self):
        self.samples[SECOND] = fabricated.snippet_members("81286")
        code, printed = self.export()
        self.assertEqual(code, 2)
        self.assertIn("left out (mesh_missing): Cannot find mesh", printed)
        (self.work / "meshes" / "scene_ply_81286.ply").write_text("solid")
        self.out = self.work / "again"
        self.assertIn("left out (mesh_invalid): Invalid mesh: no PLY header", self.export()[1])
        self.assertEqual(self.facts()["left_out.mesh_invalid"], "1")

    def test_a_snippet_is_found_by_its_whole_key_only(self):
        keys = [
            (f"{SCENE}::x", SCENE, "AtekDataSample_000000", "train"),
            (f"{SCENE}::{SECOND}", SCENE, SECOND, "train"),
        ]
        fabricated.write_vin(self.work / "vin", keys)
        code, printed = self.export("--vin", self.work / "vin")
        self.assertEqual(code, 2)
        self.assertIn("no tar has this sample key (sample=AtekDataSample_000000)", printed)

    def test_a_truncated_tar_is_reported(self):
        fabricated.write_tar(self.work / "tars" / "other.tar", {KEY + "000002": self.samples[FIRST]})
        whole = (self.work / "tars" / "other.tar").read_bytes()
        (self.work / "tars" / "other.tar").write_bytes(whole[: len(whole) // 2 // 512 * 512])
        code, printed = self.export()
        self.assertEqual(code, 2)
        self.assertRegex(printed, r"raw_load_failed\): Cannot read tar to its end: .*other\.tar")

    def test_a_row_without_depth_is_exported_with_a_warning(self):
        del self.samples[SECOND]["mfcd#camera-rgb-depth+images.pth"]
        code, printed = self.export()
        self.assertEqual(code, 0)
        self.assertIn("warning: No root cloud: ", printed)
        self.assertIsNone(self.rows()[1]["root_eval_points_world"])


class TestRefusals(ExportCase):
    def test_the_output_must_be_new_and_outside_of_the_inputs(self):
        self.out.mkdir()
        self.assertIn("the place is taken", self.export()[1])
        self.out = self.work / "tars" / "source"
        self.assertIn("the place lies in an input", self.export()[1])

    def test_nothing_is_left_behind_when_no_row_can_be_exported(self):
        (self.work / "meshes" / f"scene_ply_{SCENE}.ply").unlink()
        code, printed = self.export()
        self.assertEqual(code, 3)
        self.assertIn("no row is left", printed)
        self.assertEqual(sorted(path.name for path in self.work.iterdir()), ["meshes", "tars"])

    def test_a_wrong_command_line_is_exit_64(self):
        with self.assertRaises(SystemExit) as stopped:
            self.export("--root-stride", "0")
        self.assertEqual(stopped.exception.code, 64)


if __name__ == "__main__":
    unittest.main()
