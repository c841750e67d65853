"""nbv_rollouts_store against arrays written by reference_style.py and a fabricated campaign folder.

    PYTHONPATH=store-format/src/main/python:store-format/src/test/python \
      python3 -m unittest discover -s store-format/src/test/python/store
"""

import json
import pathlib
import pickle
import tempfile
import unittest
import zipfile

import numpy as np
import reference_style
from nbv_rollouts_store import Array, LocalFiles, Store, StoreError, ZipFiles, committed_shards

ATTRIBUTES = {"schema_version": "1.0-target-rollout-core", "manifest_sha256": "ab"}


class Counting(LocalFiles):
    """Notes the files that are read, whole or in part."""

    requests = []

    def read(self, path):
        self.requests.append(path)
        return super().read(path)

    def read_range(self, path, start, length):
        self.requests.append((path, length))
        return super().read_range(path, start, length)


class TestStore(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        Counting.requests = []

    def written(self, array, chunks, codecs, **more):
        def write(path, content):
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

        reference_style.StoreFolder(write).array("a", array, chunks, codecs, **more)
        document = json.loads((self.root / "a/zarr.json").read_text())
        return Array(Counting(str(self.root)), "a", document)

    def test_arrays_of_the_reference_are_read(self):
        fixture = self.root / "fixture.zip"
        reference_style.write_fixture(fixture)
        with zipfile.ZipFile(fixture) as archive:
            archive.extractall(self.root / "store")
        files = LocalFiles(str(self.root / "store"))

        def read(name):
            document = json.loads(files.read(f"a/{name}/zarr.json"))
            return Array(files, f"a/{name}", document)[:]

        counting = reference_style.counting
        for name, dtype, shape in [
            ("blosc_blocks", np.float16, (3, 400, 400)),
            ("blosc_rows", np.float16, (5, 40, 30)),
            ("gzip", np.int64, (50, 2)),
            ("crc", np.float64, (50,)),
            ("gzip_crc", np.int16, (50,)),
            ("dots", np.int32, (4, 6)),
        ]:
            np.testing.assert_array_equal(read(name), counting(dtype, *shape), name)
        np.testing.assert_array_equal(read("blosc_raw"), reference_style.noise(4096))
        np.testing.assert_array_equal(read("blosc_bytes"), np.arange(90_000))
        self.assertEqual(read("nothing").shape, (0, 12))
        self.assertTrue(np.signbit(read("rows")[4]).all())
        self.assertFalse(np.signbit(read("rows")[2]).any())
        self.assertEqual(np.isnan(read("unset")).sum(), 9)

    def test_rows_come_from_their_chunks_alone(self):
        rows = reference_style.counting(np.float32, 100, 6)
        array = self.written(rows, (10, 6), [reference_style.BYTES, reference_style.ZSTD])
        np.testing.assert_array_equal(array[35:45], rows[35:45])
        self.assertEqual(Counting.requests, ["a/c/3/0", "a/c/4/0"])
        np.testing.assert_array_equal(array[-1], rows[-1])
        np.testing.assert_array_equal(array[::7], rows[::7])
        with self.assertRaises(IndexError):
            array[100]

    def test_arrays_can_be_sent_to_workers(self):
        rows = reference_style.counting(np.int64, 30)
        array = self.written(rows, (10,), [reference_style.BYTES, reference_style.GZIP])
        np.testing.assert_array_equal(pickle.loads(pickle.dumps(array))[:], rows)

    def test_damage_names_the_file(self):
        codecs = [reference_style.BYTES, reference_style.CRC]
        array = self.written(reference_style.counting(np.int64, 4), (4,), codecs)
        chunk = self.root / "a/c/0"
        chunk.write_bytes(bytes([chunk.read_bytes()[0] ^ 1]) + chunk.read_bytes()[1:])
        with self.assertRaisesRegex(StoreError, r"Cannot read chunk: checksum differs \(file=.*a/c/0\)"):
            array[:]

    def test_a_zarr_shard_without_its_index_names_the_file(self):
        index = [{"name": "bytes", "configuration": {"endian": "little"}}]
        settings = {"chunk_shape": [2], "codecs": index, "index_codecs": index}
        document = {
            "shape": [4],
            "data_type": "int64",
            "chunk_grid": {"configuration": {"chunk_shape": [4]}},
            "codecs": [{"name": "sharding_indexed", "configuration": settings}],
            "fill_value": 0,
            "chunk_key_encoding": {"name": "default"},
        }
        (self.root / "a/c").mkdir(parents=True)
        for size in (0, 31):
            (self.root / "a/c/0").write_bytes(bytes(size))
            array = Array(LocalFiles(str(self.root)), "a", document)
            with self.assertRaisesRegex(StoreError, rf"it has {size} bytes, less than its index \(file="):
                array[:]

    def shard(self, name, marker):
        folder = self.root / "stores" / name
        folder.mkdir(parents=True)
        document = {"zarr_format": 3, "node_type": "group", "attributes": ATTRIBUTES}
        (folder / "zarr.json").write_text(json.dumps(document))
        if marker is not None:
            (folder / "_SUCCESS.json").write_text(json.dumps(marker))

    def test_only_committed_shards_are_listed(self):
        self.shard("shard-000000", {"rollout_manifest_sha256": "ab", "store_path": "."})
        self.shard("shard-000001", None)
        self.shard("_attempts", {"rollout_manifest_sha256": "ab"})
        shards = committed_shards(self.root / "stores")
        self.assertEqual([shard.shard_id for shard in shards], ["shard-000000"])
        self.assertEqual(shards[0].open().attributes, ATTRIBUTES)

    def test_markers_that_cannot_be_believed_are_refused(self):
        self.shard("shard-000000", {"rollout_manifest_sha256": "ab", "store_path": "../other"})
        with self.assertRaisesRegex(StoreError, r"leads out of the shard \(store_path=../other\)"):
            committed_shards(self.root / "stores")[0].open()
        for text in ("{", "[]", "{}", '{"rollout_manifest_sha256": 7}'):
            (self.root / "stores/shard-000000/_SUCCESS.json").write_text(text)
            with self.assertRaisesRegex(StoreError, r"Cannot read marker: .*_SUCCESS.json\)"):
                committed_shards(self.root / "stores")

    def test_types_that_the_schema_does_not_have_are_refused(self):
        document = {"shape": [1], "data_type": "complex64"}
        with self.assertRaisesRegex(StoreError, "unknown data type complex64"):
            Array(LocalFiles(str(self.root)), "a", document)

    def test_another_store_than_the_committed_one_is_refused(self):
        self.shard("shard-000000", {"rollout_manifest_sha256": "cd", "store_path": "."})
        with self.assertRaisesRegex(StoreError, "not the one that was committed"):
            committed_shards(self.root / "stores")[0].open()

    def test_documents_that_cannot_be_read_and_groups_are_no_arrays(self):
        self.shard("shard-000000", {"rollout_manifest_sha256": "ab", "store_path": "."})
        store = committed_shards(self.root / "stores")[0].open()
        folder = self.root / "stores/shard-000000"
        (folder / "steps").mkdir()
        (folder / "steps/zarr.json").write_text('{"zarr_format": 3, "node_type": "group"}')
        with self.assertRaisesRegex(KeyError, "steps is no array"):
            store["steps"]
        (folder / "steps/zarr.json").write_text("")
        with self.assertRaisesRegex(StoreError, r"Cannot read zarr.json: .*\(array=steps, place="):
            store["steps"]
        (folder / "zarr.json").write_bytes(b"\xff")
        with self.assertRaisesRegex(StoreError, r"Cannot read zarr.json: .*\(place="):
            Store(LocalFiles(str(folder)))

    def test_places_that_are_no_store_are_refused(self):
        with self.assertRaisesRegex(StoreError, "no Zarr 3 group"):
            Store(LocalFiles(str(self.root)))
        with zipfile.ZipFile(self.root / "s.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("zarr.json", "{}")
        with self.assertRaisesRegex(StoreError, "members are compressed"):
            ZipFiles(LocalFiles(str(self.root)), "s.zip")


if __name__ == "__main__":
    unittest.main()
