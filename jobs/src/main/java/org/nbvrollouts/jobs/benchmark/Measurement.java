package org.nbvrollouts.jobs.benchmark;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.rollout.Work;

/**
 * What a point came to. Every store of every repetition passed validation and seal before it was
 * committed.
 *
 * @param faces of the mesh as it is
 * @param repetitions in the order they ran
 */
record Measurement(BenchmarkPoint point, long faces, List<Repetition> repetitions) {
  private static final double MS_PER_SECOND = 1e3;

  Measurement {
    repetitions = List.copyOf(repetitions);
  }

  /** The fastest repetition. */
  Repetition best() {
    return repetitions.stream().min(Comparator.comparingDouble(Repetition::seconds)).orElseThrow();
  }

  /** Whether all repetitions stored the same data. */
  boolean isReproducible() {
    return repetitions.stream().map(Repetition::dataSha256).distinct().count() == 1;
  }

  /** Where the point lies on the axis of what varies. */
  double size(Varied varied) {
    return varied == Varied.FACES ? (double) faces : point.value(varied);
  }

  double rowsPerSecond() {
    return point.rows() / best().seconds();
  }

  double nodesPerSecond() {
    return best().work().of(Work.NODES) / best().seconds();
  }

  /** While rays are traced for views and depth images, per thread. */
  double raysPerSecond() {
    return rate(Work.RAYS, "render", "selected_depth");
  }

  /** While targets and scenes are scored, per thread. */
  double distancesPerSecond() {
    return rate(Work.POINT_DISTANCES, "target_score", "scene_score");
  }

  private double rate(Work work, String first, String second) {
    double ms = best().milliseconds(first) + best().milliseconds(second);
    return ms > 0 ? MS_PER_SECOND * best().work().of(work) / ms : 0;
  }

  /** Bytes per second of the whole process. */
  OptionalLong allocationRate() {
    OptionalLong bytes = best().memory().allocated();
    return bytes.isPresent()
        ? OptionalLong.of((long) (bytes.getAsLong() / best().seconds()))
        : bytes;
  }

  Map<String, Object> toJson(Varied varied) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", (long) size(varied));
    json.put("faces", faces);
    json.put("rows", (long) point.rows());
    json.put("candidates", (long) point.candidates());
    json.put("horizon", (long) point.horizon());
    json.put("include_scene_rri", point.scene() == BenchmarkPoint.SceneScores.ON);
    json.put("seconds", best().seconds());
    json.put("seconds_of_repetitions", repetitions.stream().map(Repetition::seconds).toList());
    json.put("rows_per_s", rowsPerSecond());
    json.put("nodes_per_s", nodesPerSecond());
    json.put("rays_per_s_while_casting", raysPerSecond());
    json.put("point_distances_per_s_while_scoring", distancesPerSecond());
    Map<String, Object> work = new LinkedHashMap<>();
    best().work().counts().forEach((kind, n) -> work.put(kind.name().toLowerCase(Locale.ROOT), n));
    json.put("work", work);
    json.put("stage_ms", best().stageMs());
    Repetition.Memory memory = best().memory();
    memory.allocated().ifPresent(bytes -> json.put("allocated_bytes", bytes));
    json.put("peak_heap_bytes", memory.peakHeap());
    memory.peakResident().ifPresent(bytes -> json.put("peak_resident_bytes", bytes));
    json.put("rollouts", best().rollouts());
    json.put("data_sha256", best().dataSha256());
    json.put("same_data_in_all_repetitions", isReproducible());
    json.put("stores_validated", (long) point.rows() * repetitions.size());
    return json;
  }
}
