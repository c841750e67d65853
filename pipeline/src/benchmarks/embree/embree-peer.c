/*
 * Times Embree 3 on a scene file: build on one and two threads (wall clock, the best of some),
 * rtcIntersect1 and packets on primary rays, rtcPointQuery on two sets of points. Prints
 * "key value" lines.
 */
#include "scene.h"

#include <embree3/rtcore.h>
#include <string.h>

enum { BUILD_REPETITIONS = 5, PACKET = 16, PACKET_RAY_FLOATS = PACKET * RAY_FLOATS };

static RTCScene scene;

/* Builds the scene on a device; gives the wall clock seconds of the commit. */
static RTCScene build(RTCDevice device, double *elapsed) {
  RTCScene built = rtcNewScene(device);
  RTCGeometry mesh = rtcNewGeometry(device, RTC_GEOMETRY_TYPE_TRIANGLE);
  float *vertices = rtcSetNewGeometryBuffer(mesh, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                            3 * sizeof(float), (size_t)3 * face_count);
  memcpy(vertices, corners, (size_t)9 * face_count * sizeof(float));
  unsigned *indices = rtcSetNewGeometryBuffer(mesh, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                              3 * sizeof(unsigned), face_count);
  for (int i = 0; i < 3 * face_count; i++) {
    indices[i] = i;
  }
  rtcCommitGeometry(mesh);
  rtcAttachGeometry(built, mesh);
  rtcReleaseGeometry(mesh);
  double start = seconds(CLOCK_MONOTONIC);
  rtcCommitScene(built);
  *elapsed = seconds(CLOCK_MONOTONIC) - start;
  return built;
}

static void time_build(const char *threads, const char *key) {
  double best = INFINITY;
  for (int repetition = 0; repetition < BUILD_REPETITIONS; repetition++) {
    double elapsed;
    RTCDevice device = rtcNewDevice(threads);
    rtcReleaseScene(build(device, &elapsed));
    rtcReleaseDevice(device);
    best = fmin(best, elapsed);
  }
  printf("%s %.1f\n", key, 1e3 * best);
}

static double hit_length(const float *ray) {
  struct RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  struct RTCRayHit hit = {
      .ray = {.org_x = ray[0], .org_y = ray[1], .org_z = ray[2], .tnear = T_MIN,
              .dir_x = ray[3], .dir_y = ray[4], .dir_z = ray[5], .tfar = T_MAX, .mask = -1},
      .hit = {.geomID = RTC_INVALID_GEOMETRY_ID, .instID = {RTC_INVALID_GEOMETRY_ID}}};
  rtcIntersect1(scene, &context, &hit);
  return hit.hit.geomID == RTC_INVALID_GEOMETRY_ID ? 0 : hit.ray.tfar;
}

/* Lengths of as many successive rays as a packet holds, summed. */
static double packet_hit_lengths(const float *ray) {
  static const int valid[PACKET] __attribute__((aligned(64))) = {-1, -1, -1, -1, -1, -1, -1, -1,
                                                                 -1, -1, -1, -1, -1, -1, -1, -1};
  struct RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  struct RTCRayHit16 hits;
  for (int i = 0; i < PACKET; i++, ray += RAY_FLOATS) {
    hits.ray.org_x[i] = ray[0];
    hits.ray.org_y[i] = ray[1];
    hits.ray.org_z[i] = ray[2];
    hits.ray.dir_x[i] = ray[3];
    hits.ray.dir_y[i] = ray[4];
    hits.ray.dir_z[i] = ray[5];
    hits.ray.tnear[i] = T_MIN;
    hits.ray.tfar[i] = T_MAX;
    hits.ray.time[i] = 0;
    hits.ray.mask[i] = -1;
    hits.ray.flags[i] = 0;
    hits.hit.geomID[i] = RTC_INVALID_GEOMETRY_ID;
    hits.hit.instID[0][i] = RTC_INVALID_GEOMETRY_ID;
  }
  rtcIntersect16(valid, scene, &context, &hits);
  double sum = 0;
  for (int i = 0; i < PACKET; i++) {
    sum += hits.hit.geomID[i] == RTC_INVALID_GEOMETRY_ID ? 0 : hits.ray.tfar[i];
  }
  return sum;
}

static void time_packets(void) {
  double best = INFINITY, sum = 0;
  int packets = ray_count / PACKET;
  for (int i = 0; i < REPETITIONS; i++) {
    double elapsed;
    sum = ask(packet_hit_lengths, rays, PACKET_RAY_FLOATS, packets, 1, &elapsed);
    best = fmin(best, elapsed);
  }
  printf("packet_ray_sum %.3f\npacket_rays_per_us %.4f\n", sum, 1e-6 * packets * PACKET / best);
}

static float dot(const float *a, const float *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/* Squared distance from p to a triangle by the region its nearest point lies in, for speed. */
static float to_triangle(const float *p, const float *t) {
  float a[3], b[3], w[3], d[3];
  for (int k = 0; k < 3; k++) {
    a[k] = t[3 + k] - t[k];
    b[k] = t[6 + k] - t[k];
    w[k] = p[k] - t[k];
  }
  float wa = dot(w, a), wb = dot(w, b);
  float u = 0, v = 0; /* nearest point: first corner + u a + v b */
  if (wa > 0 || wb > 0) {
    float aa = dot(a, a), ab = dot(a, b), bb = dot(b, b);
    float area = aa * bb - ab * ab;
    float s = bb * wa - ab * wb, r = aa * wb - ab * wa;
    float along = (wb - wa) + (aa - ab); /* past the second corner, along the opposite edge */
    float opposite = aa - 2 * ab + bb;
    if (r <= 0 && wa >= 0 && wa <= aa) {
      u = wa / aa;
    } else if (s <= 0 && wb >= 0 && wb <= bb) {
      v = wb / bb;
    } else if (wa >= aa && along <= 0) {
      u = 1;
    } else if (wb >= bb && along >= opposite) {
      v = 1;
    } else if (s + r >= area) {
      v = along / opposite;
      u = 1 - v;
    } else {
      u = s / area;
      v = r / area;
    }
  }
  for (int k = 0; k < 3; k++) {
    d[k] = w[k] - u * a[k] - v * b[k];
  }
  return dot(d, d);
}

static bool shrink(struct RTCPointQueryFunctionArguments *arguments) {
  struct RTCPointQuery *query = arguments->query;
  float p[3] = {query->x, query->y, query->z};
  float distance = sqrtf(to_triangle(p, corners + 9 * (size_t)arguments->primID));
  if (distance < query->radius) {
    query->radius = distance;
    return true;
  }
  return false;
}

static double distance(const float *point) {
  struct RTCPointQuery query = {.x = point[0], .y = point[1], .z = point[2], .radius = INFINITY};
  struct RTCPointQueryContext context;
  rtcInitPointQueryContext(&context);
  rtcPointQuery(scene, &query, &context, shrink, NULL);
  return query.radius;
}

int main(int argc, char **argv) {
  read_scene(argc, argv);
  time_build("threads=1", "build_1_thread_ms");
  time_build("threads=2", "build_2_threads_ms");
  double elapsed;
  RTCDevice device = rtcNewDevice("threads=1");
  scene = build(device, &elapsed);
  MEASURE_RAYS(hit_length);
  time_packets();
  MEASURE_POINTS("point_anywhere", distance, anywhere);
  MEASURE_POINTS("point_near", distance, near_surface);
  MEASURE_POINTS("point_sorted", distance, sorted);
  rtcReleaseScene(scene);
  rtcReleaseDevice(device);
  return 0;
}
