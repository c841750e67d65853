"""Reads every array of a rollout store with TensorStore and prints one line for each.

A line is path, data type, shape with commas and SHA-256 over the little-endian elements in C
order; the lines equal those of org.nbvrollouts.store.zarr.ArrayDigests.

    python3 read-with-tensorstore.py STORE_DIRECTORY
"""

import hashlib
import json
import pathlib
import sys

import tensorstore


def lines(root):
    for document in sorted(root.rglob("zarr.json")):
        if json.loads(document.read_text())["node_type"] != "array":
            continue
        store = tensorstore.open(
            {
                "driver": "zarr3",
                "kvstore": {"driver": "file", "path": str(document.parent)},
            },
            read=True,
        ).result()
        elements = store.read().result()
        little_endian = elements.astype(elements.dtype.newbyteorder("<"), order="C")
        yield "{} {} {} {}".format(
            document.parent.relative_to(root).as_posix(),
            store.dtype.name,
            ",".join(str(length) for length in store.shape),
            hashlib.sha256(little_endian.tobytes()).hexdigest(),
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 read-with-tensorstore.py STORE_DIRECTORY")
    print("\n".join(sorted(lines(pathlib.Path(sys.argv[1]).resolve()))))
