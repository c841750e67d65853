/*
 * Times CGAL's AABB_tree on a scene file, with the kernel of plain doubles, its fastest; prints
 * "key value" lines. Faces without area (at the poles of spheres) are left out: CGAL asks for none,
 * and they add nothing to the surface.
 */
#include "scene.h"

#include <CGAL/AABB_traits.h>
#include <CGAL/AABB_tree.h>
#include <CGAL/AABB_triangle_primitive.h>
#include <CGAL/Simple_cartesian.h>
#include <vector>

using Kernel = CGAL::Simple_cartesian<double>;
using Triangles = std::vector<Kernel::Triangle_3>;
using Primitive = CGAL::AABB_triangle_primitive<Kernel, Triangles::const_iterator>;
using Tree = CGAL::AABB_tree<CGAL::AABB_traits<Kernel, Primitive>>;

static Tree tree;

static Kernel::Point_3 point_at(const float *xyz) {
  return Kernel::Point_3(xyz[0], xyz[1], xyz[2]);
}

static double hit_length(const float *ray) {
  Kernel::Vector_3 direction(ray[3], ray[4], ray[5]);
  Kernel::Point_3 origin = point_at(ray);
  auto hit = tree.first_intersection(Kernel::Ray_3(origin + T_MIN * direction, direction));
  if (!hit) {
    return 0;
  }
  const Kernel::Point_3 *place = boost::get<Kernel::Point_3>(&hit->first);
  return place ? sqrt((*place - origin).squared_length() / direction.squared_length()) : 0;
}

static double distance(const float *point) { return sqrt(tree.squared_distance(point_at(point))); }

int main(int argc, char **argv) {
  read_scene(argc, argv);
  Triangles triangles;
  for (int32_t i = 0; i < face_count; i++) {
    const float *face = corners + (size_t)CORNER_FLOATS * i;
    Kernel::Triangle_3 triangle(point_at(face), point_at(face + 3), point_at(face + 6));
    if (!triangle.is_degenerate()) {
      triangles.push_back(triangle);
    }
  }
  double start = seconds(CLOCK_THREAD_CPUTIME_ID);
  tree.rebuild(triangles.begin(), triangles.end());
  printf("build_1_thread_ms %.1f\n", 1e3 * (seconds(CLOCK_THREAD_CPUTIME_ID) - start));
  start = seconds(CLOCK_THREAD_CPUTIME_ID);
  tree.accelerate_distance_queries();
  printf("point_build_1_thread_ms %.1f\n", 1e3 * (seconds(CLOCK_THREAD_CPUTIME_ID) - start));
  MEASURE_RAYS(hit_length);
  MEASURE_POINTS("point_anywhere", distance, anywhere);
  MEASURE_POINTS("point_near", distance, near_surface);
  MEASURE_POINTS("point_sorted", distance, sorted);
  return 0;
}
