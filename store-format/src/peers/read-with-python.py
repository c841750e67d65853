"""Reads every array of a rollout store with nbv_rollouts_store and prints one line for each.

A line is path, data type, shape with commas and SHA-256 over the little-endian elements in C
order; the lines equal those of org.nbvrollouts.store.zarr.ArrayDigests.

    PYTHONPATH=store-format/src/main/python python3 read-with-python.py STORE
"""

import hashlib
import sys

import numpy as np
from nbv_rollouts_store import open_store


def lines(store):
    for path in store.array_paths():
        array, digest = store[path], hashlib.sha256()
        rows = max(1, array.chunks[0])
        for first in range(0, len(array), rows):
            part = array[first : first + rows]
            digest.update(np.ascontiguousarray(part, part.dtype.newbyteorder("<")).tobytes())
        shape = ",".join(map(str, array.shape))
        yield f"{path} {array.dtype.name} {shape} {digest.hexdigest()}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 read-with-python.py STORE")
    print("\n".join(lines(open_store(sys.argv[1]))))
