"""Times trimesh on a scene file, with Embree where embreex is installed and its own ray caster in
Python over rtree else; prints "key value" lines.

    PYTHONPATH=scene python3 trimesh/trimesh-peer.py scene.bin
"""

import numpy
import scene as scenes
import trimesh
from trimesh.ray import has_embree

# The ray caster in Python keeps all faces beside any of the rays: few rays, or memory runs out.
RAYS_AT_ONCE = 1_000_000 if has_embree else 16
POINTS_AT_ONCE = 1_000


def in_batches(answer, questions, at_once):
    starts = range(0, len(questions), at_once)
    return numpy.concatenate([answer(questions[start : start + at_once]) for start in starts])


def main():
    scene = scenes.scene_of_arguments()
    mesh = trimesh.Trimesh(scene.corners, scene.faces.astype(numpy.int64), process=False)

    def lengths(rays):
        origins, directions = rays[:, :3].astype(float), rays[:, 3:].astype(float)
        places, ray, _ = mesh.ray.intersects_location(origins, directions, multiple_hits=False)
        along = numpy.zeros(len(rays))
        along[ray] = numpy.linalg.norm(places - origins[ray], axis=1)
        return along / numpy.linalg.norm(directions, axis=1)

    def distances(points):
        return trimesh.proximity.closest_point(mesh, points.astype(float))[1]

    elapsed = scenes.timed(lambda: (lengths(scene.rays[:1]), distances(scene.anywhere[:1])))[1]
    scenes.show("build_1_thread_ms", f"{1e3 * elapsed:.1f}")
    scenes.measure_rays(lambda rays: in_batches(lengths, rays, RAYS_AT_ONCE), scene)
    scenes.measure_points(lambda points: in_batches(distances, points, POINTS_AT_ONCE), scene)


main()
