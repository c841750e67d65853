"""The scene file and the way of timing of scene.h, for peers that answer arrays of questions.

The process is kept on one core and its CPU time is measured, whatever threads a library starts.
"""

import os
import sys
import time

import numpy

T_MIN = 0.001
T_MAX = 20.0
TIME_LIMIT_SECONDS = 30.0
FIRST_STRIDE = 4096
STRIDE_STEP = 16
REPETITIONS = 5


class Scene:
    """Corners (3 per face, in order), rays (origin, direction) and three sets of points, as rows."""

    def __init__(self, path):
        faces, rays, points = (int(count) for count in numpy.fromfile(path, "<i4", 3))
        parts = numpy.split(
            numpy.fromfile(path, "<f4", offset=12),
            numpy.cumsum([9 * faces, 6 * rays, 3 * points, 3 * points]),
        )
        self.corners = parts[0].reshape(-1, 3)
        self.faces = numpy.arange(3 * faces, dtype=numpy.uint32).reshape(-1, 3)
        self.rays = parts[1].reshape(-1, 6)
        self.anywhere = parts[2].reshape(-1, 3)
        self.near_surface = parts[3].reshape(-1, 3)
        self.sorted = parts[4].reshape(-1, 3)


def scene_of_arguments():
    if len(sys.argv) != 2:
        sys.exit(64)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return Scene(sys.argv[1])


def timed(work):
    """The result of the work and its CPU seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def show(key, value):
    print(key, value, flush=True)


def measure(key, answer, questions):
    """Prints the sums and gives the CPU seconds per question, the best of some repetitions.

    The answers are the lengths of hit rays, 0 for one that hits nothing, or distances of points.
    """
    stride = FIRST_STRIDE * STRIDE_STEP
    best = 0.0
    while stride > 1 and best * STRIDE_STEP < TIME_LIMIT_SECONDS:
        stride //= STRIDE_STEP
        asked = numpy.ascontiguousarray(questions[::stride])
        answers, best = timed(lambda: answer(asked))
        suffix = "" if stride == 1 else f"_{stride}th"
        show(f"{key}_sum{suffix}", f"{numpy.sum(answers, dtype=numpy.float64):.3f}")
    spent = best
    for _ in range(REPETITIONS - 1):
        if spent + best >= TIME_LIMIT_SECONDS:
            break
        elapsed = timed(lambda: answer(asked))[1]
        spent += elapsed
        best = min(best, elapsed)
    show(f"{key}_asked", len(asked))
    return best / len(asked)


def measure_rays(answer, scene):
    show("rays_per_us", f"{1e-6 / measure('ray', answer, scene.rays):.6f}")


def measure_points(answer, scene):
    for key, points in (
        ("point_anywhere", scene.anywhere),
        ("point_near", scene.near_surface),
        ("point_sorted", scene.sorted),
    ):
        show(f"{key}_us", f"{1e6 * measure(key, answer, points):.3f}")
