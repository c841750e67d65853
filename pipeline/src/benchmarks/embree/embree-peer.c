/*
 * Times Embree 3 on a scene file that EmbreeComparison writes: build on one and two threads,
 * rtcIntersect1 on primary rays, rtcPointQuery on two sets of points. Prints "key value" lines;
 * times are CPU time of the thread, the best of some repetitions, except for builds (wall clock).
 *
 *   cc -O3 -march=native embree-peer.c -o embree-peer -lembree3 -lm && ./embree-peer scene.bin
 */
#include <embree3/rtcore.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RAY_REPETITIONS = 5, POINT_REPETITIONS = 3, BUILD_REPETITIONS = 5 };

static int32_t face_count, ray_count, point_count;
static float *corners, *rays, *anywhere, *near_surface;

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static float *read_floats(FILE *file, size_t count) {
  float *values = malloc(count * sizeof(float) + 16); /* Embree may read past the end */
  if (values == NULL || fread(values, sizeof(float), count, file) != count) {
    fprintf(stderr, "Cannot read scene: it ends early\n");
    exit(1);
  }
  return values;
}

static void read_scene(const char *path) {
  int32_t header[3];
  FILE *file = fopen(path, "rb");
  if (file == NULL || fread(header, sizeof(int32_t), 3, file) != 3) {
    fprintf(stderr, "Cannot read scene: no such file or no header (file=%s)\n", path);
    exit(1);
  }
  face_count = header[0];
  ray_count = header[1];
  point_count = header[2];
  corners = read_floats(file, (size_t)9 * face_count);
  rays = read_floats(file, (size_t)6 * ray_count);
  anywhere = read_floats(file, (size_t)3 * point_count);
  near_surface = read_floats(file, (size_t)3 * point_count);
  fclose(file);
}

/* Builds the scene on a device; gives the wall clock seconds of the commit. */
static RTCScene build(RTCDevice device, double *elapsed) {
  RTCScene scene = rtcNewScene(device);
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
  rtcAttachGeometry(scene, mesh);
  rtcReleaseGeometry(mesh);
  double start = seconds(CLOCK_MONOTONIC);
  rtcCommitScene(scene);
  *elapsed = seconds(CLOCK_MONOTONIC) - start;
  return scene;
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

static void time_rays(RTCScene scene) {
  double best = INFINITY, sum = 0;
  for (int repetition = 0; repetition < RAY_REPETITIONS; repetition++) {
    struct RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    sum = 0;
    double start = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < ray_count; i++) {
      const float *ray = rays + 6 * i;
      struct RTCRayHit hit = {
          .ray = {.org_x = ray[0], .org_y = ray[1], .org_z = ray[2], .tnear = 0.001f,
                  .dir_x = ray[3], .dir_y = ray[4], .dir_z = ray[5], .tfar = 20, .mask = -1},
          .hit = {.geomID = RTC_INVALID_GEOMETRY_ID, .instID = {RTC_INVALID_GEOMETRY_ID}}};
      rtcIntersect1(scene, &context, &hit);
      if (hit.hit.geomID != RTC_INVALID_GEOMETRY_ID) {
        sum += hit.ray.tfar;
      }
    }
    best = fmin(best, seconds(CLOCK_THREAD_CPUTIME_ID) - start);
  }
  printf("rays_per_us %.3f\nray_sum %.3f\n", ray_count / best / 1e6, sum);
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

static bool measure(struct RTCPointQueryFunctionArguments *arguments) {
  struct RTCPointQuery *query = arguments->query;
  float p[3] = {query->x, query->y, query->z};
  float distance = sqrtf(to_triangle(p, corners + 9 * (size_t)arguments->primID));
  if (distance < query->radius) {
    query->radius = distance;
    return true;
  }
  return false;
}

static void time_points(RTCScene scene, const float *points, const char *key) {
  double best = INFINITY, sum = 0;
  for (int repetition = 0; repetition < POINT_REPETITIONS; repetition++) {
    sum = 0;
    double start = seconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < point_count; i++) {
      const float *p = points + 3 * i;
      struct RTCPointQuery query = {.x = p[0], .y = p[1], .z = p[2], .radius = INFINITY};
      struct RTCPointQueryContext context;
      rtcInitPointQueryContext(&context);
      rtcPointQuery(scene, &query, &context, measure, NULL);
      sum += query.radius;
    }
    best = fmin(best, seconds(CLOCK_THREAD_CPUTIME_ID) - start);
  }
  printf("%s_us %.3f\n%s_sum %.3f\n", key, best / point_count * 1e6, key, sum);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "Usage: embree-peer SCENE\n");
    return 64;
  }
  read_scene(argv[1]);
  time_build("threads=1", "build_1_thread_ms");
  time_build("threads=2", "build_2_threads_ms");
  double elapsed;
  RTCDevice device = rtcNewDevice("threads=1");
  RTCScene scene = build(device, &elapsed);
  time_rays(scene);
  time_points(scene, anywhere, "point_anywhere");
  time_points(scene, near_surface, "point_near");
  rtcReleaseScene(scene);
  rtcReleaseDevice(device);
  return 0;
}
