"""Compares two archives of the reference's style: documents as texts, arrays as decoded elements.

Compressed bytes may differ: libraries of another version compress in another way.

    PYTHONPATH=store-format/src/main/python python3 same-arrays.py FILE.zip FILE.zip
"""

import json
import pathlib
import sys
import tempfile
import zipfile

import numpy as np
from nbv_rollouts_store import Array, LocalFiles


def content(archive, folder):
    """Documents by name, and decoded arrays by path."""
    with zipfile.ZipFile(archive) as members:
        members.extractall(folder)
    documents = {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("zarr.json")}
    arrays = {}
    for name, text in documents.items():
        if json.loads(text)["node_type"] == "array":
            path = name.rpartition("/")[0]
            arrays[path] = Array(LocalFiles(str(folder)), path, json.loads(text))[:]
    return documents, arrays


def same(first, second):
    return first.dtype == second.dtype and np.array_equal(first.view(np.uint8), second.view(np.uint8))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 same-arrays.py FILE.zip FILE.zip")
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        ours = content(sys.argv[1], pathlib.Path(one))
        theirs = content(sys.argv[2], pathlib.Path(other))
    if ours[0] != theirs[0]:
        sys.exit("documents differ")
    different = [path for path in ours[1] if not same(ours[1][path], theirs[1][path])]
    if different or not ours[1]:
        sys.exit(f"arrays differ: {', '.join(different)}")
    print(f"{len(ours[1])} arrays as in {sys.argv[2]}")
