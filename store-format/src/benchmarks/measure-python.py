"""Reads the arrays of a store with nbv_rollouts_store and prints megabytes per second of raw elements.

    PYTHONPATH=store-format/src/main/python python3 measure-python.py STORE
"""

import statistics
import sys
import time

from nbv_rollouts_store import open_store

WARM_UPS, RUNS = 1, 7
DEPTH = ("selected_depth/depth_m", "selected_depth/valid_mask")


def measure(place, what, paths):
    times, size = [], 0
    for run in range(-WARM_UPS, RUNS):
        start = time.perf_counter()
        store = open_store(place)
        size = sum(store[path][:].nbytes for path in paths)
        if run >= 0:
            times.append(time.perf_counter() - start)
    seconds = statistics.median(times)
    print(f"read   {what:6} {size / 1e6:8.1f} MB {seconds:8.3f} s {size / 1e6 / seconds:8.1f} MB/s")


if __name__ == "__main__":
    paths = open_store(sys.argv[1]).array_paths()
    measure(sys.argv[1], "tables", [path for path in paths if path not in DEPTH])
    measure(sys.argv[1], "depth", [path for path in paths if path in DEPTH])
