"""Reads the arrays of a store with TensorStore, then writes them, and prints megabytes per second.

Megabytes are those of raw elements, times medians of seven runs after two. All arrays are in
flight together, which is the fastest way TensorStore has, on all cores. Written are the same chunks
and codecs, and nothing is forced to disk, as with our writer.

    python3 measure-tensorstore.py STORE_DIRECTORY EMPTY_FOLDER
"""

import json
import pathlib
import shutil
import statistics
import sys
import time

import tensorstore

WARM_UPS, RUNS = 2, 7
DEPTH = ("selected_depth/depth_m", "selected_depth/valid_mask")
DOCUMENT_KEYS = ("shape", "data_type", "chunk_grid", "chunk_key_encoding", "fill_value", "codecs")


def spec(root, path, **more):
    place = {"driver": "file", "path": f"{root}/{path}/"}
    return {"driver": "zarr3", "kvstore": place, **more}


def open_all(root, paths):
    # A context of its own: nothing is cached from one run to the next.
    context = tensorstore.Context()
    opening = [tensorstore.open(spec(root, path), context=context, read=True) for path in paths]
    return [array.result() for array in opening]


def read(root, paths):
    reading = [array.read() for array in open_all(root, paths)]
    return [elements.result() for elements in reading]


def write(root, documents, contents):
    start = time.perf_counter()
    context = tensorstore.Context({"file_io_sync": False})
    opening = []
    for path, document in documents.items():
        metadata = {key: document[key] for key in DOCUMENT_KEYS}
        target = spec(root, path, metadata=metadata)
        opening.append(tensorstore.open(target, context=context, create=True))
    writing = [
        array.result().write(content, can_reference_source_data_indefinitely=True)
        for array, content in zip(opening, contents)
    ]
    for written in writing:
        written.result()
    return time.perf_counter() - start


def report(verb, what, size, times):
    seconds = statistics.median(times[WARM_UPS:])
    print(f"{verb:6} {what:6} {size / 1e6:8.1f} MB {seconds:8.3f} s {size / 1e6 / seconds:8.1f} MB/s")


def measure(store, target, what, documents):
    times, size = [], 0
    for _ in range(WARM_UPS + RUNS):
        start = time.perf_counter()
        size = sum(elements.nbytes for elements in read(store, documents))
        times.append(time.perf_counter() - start)
    report("read", what, size, times)
    contents = read(store, documents)
    # Nothing is deleted meanwhile: ext4 makes files slowly while it remembers deleted ones.
    folders = [f"{target}/{what}-{run}" for run in range(WARM_UPS + RUNS)]
    report("write", what, size, [write(folder, documents, contents) for folder in folders])
    files = [path for path in pathlib.Path(folders[0]).rglob("*") if path.is_file()]
    print(f"files  {what} {len(files)}, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    shutil.rmtree(target)


if __name__ == "__main__":
    store, target = sys.argv[1:]
    root = json.loads((pathlib.Path(store) / "zarr.json").read_text())
    arrays = {
        path: node
        for path, node in root["consolidated_metadata"]["metadata"].items()
        if node["node_type"] == "array"
    }
    measure(store, target, "tables", {path: node for path, node in arrays.items() if path not in DEPTH})
    measure(store, target, "depth", {path: node for path, node in arrays.items() if path in DEPTH})
