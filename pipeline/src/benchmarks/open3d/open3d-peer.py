"""Times Open3D's RaycastingScene (0.16 or later) on a scene file; prints "key value" lines.

    PYTHONPATH=scene python3 open3d/open3d-peer.py scene.bin

The build includes copying the mesh: the tree is built when the first question is asked.
"""

import sys

import numpy
import open3d
import scene as scenes

THREADS = 1


def build(scene):
    caster = open3d.t.geometry.RaycastingScene()
    caster.add_triangles(open3d.core.Tensor(scene.corners), open3d.core.Tensor(scene.faces))
    caster.cast_rays(open3d.core.Tensor(scene.rays[:1]), THREADS)
    return caster


def main():
    scene = scenes.scene_of_arguments()
    caster, elapsed = scenes.timed(lambda: build(scene))

    def lengths(rays):
        hits = caster.cast_rays(open3d.core.Tensor(rays), THREADS)["t_hit"].numpy()
        return numpy.where(hits < scenes.T_MAX, hits, 0)

    def distances(points):
        return caster.compute_distance(open3d.core.Tensor(points), THREADS).numpy()

    if not lengths(scene.rays[:240]).any():
        sys.exit("Cannot measure Open3D: no ray hits the closed room with this build of it"
                 " (Debian's is one such; use the package from pip)")
    scenes.show("build_1_thread_ms", f"{1e3 * elapsed:.1f}")
    scenes.measure_rays(lengths, scene)
    scenes.measure_points(distances, scene)


main()
