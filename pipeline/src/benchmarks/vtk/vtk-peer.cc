/*
 * Times VTK 9 on a scene file and prints "key value" lines: rays with vtkStaticCellLocator, which
 * casts ten times as many of them as vtkModifiedBSPTree and vtkCellTreeLocator and a hundred times
 * as many as vtkOBBTree; closest points with vtkCellLocator.
 */
#include "scene.h"

#include <vtkCellArray.h>
#include <vtkCellLocator.h>
#include <vtkGenericCell.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkSMPTools.h>
#include <vtkStaticCellLocator.h>

static vtkAbstractCellLocator *ray_locator, *point_locator;
static vtkGenericCell *cell;

static void fill(vtkPolyData *mesh) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> triangles;
  points->SetDataTypeToFloat();
  points->SetNumberOfPoints(3 * (vtkIdType)face_count);
  for (vtkIdType i = 0; i < 3 * (vtkIdType)face_count; i++) {
    points->SetPoint(i, corners + 3 * i);
  }
  for (vtkIdType i = 0; i < face_count; i++) {
    vtkIdType triangle[] = {3 * i, 3 * i + 1, 3 * i + 2};
    triangles->InsertNextCell(3, triangle);
  }
  mesh->SetPoints(points);
  mesh->SetPolys(triangles);
  mesh->BuildCells();
}

static void build(vtkAbstractCellLocator *locator, vtkPolyData *mesh, const char *key) {
  double start = seconds(CLOCK_THREAD_CPUTIME_ID);
  locator->SetDataSet(mesh);
  locator->BuildLocator();
  printf("%s %.1f\n", key, 1e3 * (seconds(CLOCK_THREAD_CPUTIME_ID) - start));
}

static double hit_length(const float *ray) {
  double from[3], to[3], place[3], local[3], fraction;
  int part;
  vtkIdType face;
  for (int k = 0; k < 3; k++) {
    from[k] = ray[k] + T_MIN * ray[3 + k];
    to[k] = ray[k] + T_MAX * ray[3 + k];
  }
  bool hit = ray_locator->IntersectWithLine(from, to, 0, fraction, place, local, part, face, cell);
  return hit ? T_MIN + fraction * (T_MAX - T_MIN) : 0;
}

static double distance(const float *point) {
  double from[] = {point[0], point[1], point[2]}, place[3], squared;
  int part;
  vtkIdType face;
  point_locator->FindClosestPoint(from, place, cell, face, part, squared);
  return sqrt(squared);
}

int main(int argc, char **argv) {
  read_scene(argc, argv);
  vtkSMPTools::Initialize(1);
  vtkNew<vtkPolyData> mesh;
  vtkNew<vtkStaticCellLocator> for_rays;
  vtkNew<vtkCellLocator> for_points;
  vtkNew<vtkGenericCell> reused;
  ray_locator = for_rays;
  point_locator = for_points;
  cell = reused;
  fill(mesh);
  build(ray_locator, mesh, "build_1_thread_ms");
  build(point_locator, mesh, "point_build_1_thread_ms");
  MEASURE_RAYS(hit_length);
  MEASURE_POINTS("point_anywhere", distance, anywhere);
  MEASURE_POINTS("point_near", distance, near_surface);
  MEASURE_POINTS("point_sorted", distance, sorted);
  return 0;
}
