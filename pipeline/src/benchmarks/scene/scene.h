/*
 * The scene file that EmbreeComparison writes, and how every peer in C and C++ is timed on it, on
 * one thread. Little-endian: three int32 (faces, rays, points), then float32: nine corner
 * coordinates per face, origin and direction per ray, points anywhere in the room, points near a
 * surface, the latter sorted by voxel. Directions are not of unit length; hits lie between T_MIN and T_MAX of their length.
 *
 * A peer is asked every 4096th question first, then 16 times as many while that is expected to
 * take less than TIME_LIMIT_SECONDS, in the end all. A sum over the answers is printed for each
 * stride ("ray_sum", "ray_sum_16th", …), so that a slow peer, too, can be held against the others.
 */
#ifndef SCENE_H
#define SCENE_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define T_MIN 0.001
#define T_MAX 20.0
#define TIME_LIMIT_SECONDS 30.0

enum { FIRST_STRIDE = 4096, STRIDE_STEP = 16, REPETITIONS = 5 };
enum { CORNER_FLOATS = 9, RAY_FLOATS = 6, POINT_FLOATS = 3 };

static int32_t face_count, ray_count, point_count;
static float *corners, *rays, *anywhere, *near_surface, *sorted;

/* Length of the hit ray or distance of the point; 0 for a ray that hits nothing. */
typedef double (*Answer)(const float *question);

static inline double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static inline float *read_floats(FILE *file, size_t count) {
  float *values = (float *)malloc(count * sizeof(float) + 16); /* Embree may read past the end */
  if (values == NULL || fread(values, sizeof(float), count, file) != count) {
    fprintf(stderr, "Cannot read scene: it ends early\n");
    exit(1);
  }
  return values;
}

static inline void read_scene(int argument_count, char **arguments) {
  if (argument_count != 2) {
    fprintf(stderr, "Usage: %s SCENE\n", arguments[0]);
    exit(64);
  }
  int32_t header[3];
  FILE *file = fopen(arguments[1], "rb");
  if (file == NULL || fread(header, sizeof(int32_t), 3, file) != 3) {
    fprintf(stderr, "Cannot read scene: no such file or no header (file=%s)\n", arguments[1]);
    exit(1);
  }
  face_count = header[0];
  ray_count = header[1];
  point_count = header[2];
  corners = read_floats(file, (size_t)CORNER_FLOATS * face_count);
  rays = read_floats(file, (size_t)RAY_FLOATS * ray_count);
  anywhere = read_floats(file, (size_t)POINT_FLOATS * point_count);
  near_surface = read_floats(file, (size_t)POINT_FLOATS * point_count);
  sorted = read_floats(file, (size_t)POINT_FLOATS * point_count);
  fclose(file);
}

/* Inlined with its constant answer function, so that a call through a pointer costs no peer. */
static inline __attribute__((always_inline)) double ask(Answer answer, const float *questions,
                                                        int width, int count, int stride,
                                                        double *elapsed) {
  double sum = 0;
  double start = seconds(CLOCK_THREAD_CPUTIME_ID);
  for (int i = 0; i < count; i += stride) {
    sum += answer(questions + (size_t)width * i);
  }
  *elapsed = seconds(CLOCK_THREAD_CPUTIME_ID) - start;
  return sum;
}

/* Prints the sums and gives the CPU seconds per question, the best of some repetitions. */
static inline __attribute__((always_inline)) double measure(const char *key, Answer answer,
                                                            const float *questions, int width,
                                                            int count) {
  int stride = FIRST_STRIDE * STRIDE_STEP;
  double best;
  do {
    stride /= STRIDE_STEP;
    double sum = ask(answer, questions, width, count, stride, &best);
    if (stride == 1) {
      printf("%s_sum %.3f\n", key, sum);
    } else {
      printf("%s_sum_%dth %.3f\n", key, stride, sum);
    }
  } while (stride > 1 && best * STRIDE_STEP < TIME_LIMIT_SECONDS);
  double spent = best;
  for (int i = 1; i < REPETITIONS && spent + best < TIME_LIMIT_SECONDS; i++) {
    double elapsed;
    ask(answer, questions, width, count, stride, &elapsed);
    spent += elapsed;
    best = fmin(best, elapsed);
  }
  int asked = (count + stride - 1) / stride;
  printf("%s_asked %d\n", key, asked);
  return best / asked;
}

#define MEASURE_RAYS(answer) \
  printf("rays_per_us %.4f\n", 1e-6 / measure("ray", answer, rays, RAY_FLOATS, ray_count))

#define MEASURE_POINTS(key, answer, points) \
  printf(key "_us %.3f\n", 1e6 * measure(key, answer, points, POINT_FLOATS, point_count))

#endif
