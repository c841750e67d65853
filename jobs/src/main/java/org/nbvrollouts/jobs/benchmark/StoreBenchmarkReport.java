package org.nbvrollouts.jobs.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.synthetic.SyntheticShape;

/**
 * What a store of a size took.
 *
 * @param shape size of the store
 * @param rawBytes bytes of its elements, uncompressed
 * @param fileSizes bytes of each file
 * @param stages time and memory, in order
 * @param verdict of all checks
 * @param dataSha256 logical seal, empty if a check failed
 */
public record StoreBenchmarkReport(
    SyntheticShape shape,
    long rawBytes,
    List<Long> fileSizes,
    List<Stage> stages,
    RolloutZarrValidationResult verdict,
    String dataSha256) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MB = 1e6;
  private static final int SHOWN_FINDINGS = 20;

  /**
   * One step of the work.
   *
   * @param cpuNanos processor time of the whole process, collecting garbage included; 0 if it was
   *     not measured
   * @param peakHeapBytes upper bound of the heap used meanwhile, 0 if it was not measured
   */
  public record Stage(String name, long nanos, long cpuNanos, long peakHeapBytes) {
    double seconds() {
      return nanos / NANOS_PER_SECOND;
    }
  }

  public StoreBenchmarkReport {
    fileSizes = List.copyOf(fileSizes);
    stages = List.copyOf(stages);
  }

  private long fileBytes() {
    return fileSizes.stream().mapToLong(Long::longValue).sum();
  }

  /** Lines for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "store: %,d rows, %,d rollouts, %,d steps, %,d candidates, depth %s",
            shape.rows(),
            shape.totalRollouts(),
            shape.totalSteps(),
            shape.totalCandidates(),
            shape.depthPx() == 0 ? "none" : shape.depthPx() + " × " + shape.depthPx()));
    lines.add(
        String.format(
            Locale.ROOT,
            "files: %,d with %,.1f MB, elements %,.1f MB",
            fileSizes.size(),
            fileBytes() / MB,
            rawBytes / MB));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-14s %10s %10s %12s %12s %14s",
            "stage",
            "seconds",
            "CPU s",
            "rows/s",
            "MB/s",
            "peak heap MB"));
    for (Stage stage : stages) {
      double seconds = Math.max(1e-9, stage.seconds());
      lines.add(
          String.format(
              Locale.ROOT,
              "%-14s %,10.2f %10s %,12.2f %,12.1f %14s",
              stage.name(),
              seconds,
              stage.cpuNanos() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%,.2f", stage.cpuNanos() / NANOS_PER_SECOND),
              shape.rows() / seconds,
              rawBytes / MB / seconds,
              stage.peakHeapBytes() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%,.0f", stage.peakHeapBytes() / MB)));
    }
    if (verdict.isStrictlyOk()) {
      lines.add("checked: every check passes, data_sha256 " + dataSha256);
    } else {
      verdict.errors().stream().limit(SHOWN_FINDINGS).forEach(lines::add);
      verdict.strictFindings().stream()
          .limit(SHOWN_FINDINGS)
          .forEach(finding -> lines.add(finding.toString()));
    }
    lines.add(
        "MB/s counts uncompressed elements; a heap of at most "
            + String.format(Locale.ROOT, "%,.0f MB", Runtime.getRuntime().maxMemory() / MB));
    return lines;
  }

  /** The report as a JSON value. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", shape.rows());
    json.put("rollouts", shape.totalRollouts());
    json.put("steps", shape.totalSteps());
    json.put("candidates", shape.totalCandidates());
    json.put("depth_px", shape.depthPx());
    json.put("raw_bytes", rawBytes);
    json.put("files", fileSizes.size());
    json.put("file_bytes", fileBytes());
    json.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
    List<Object> listed = new ArrayList<>();
    for (Stage stage : stages) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("stage", stage.name());
      entry.put("seconds", stage.seconds());
      entry.put("cpu_seconds", stage.cpuNanos() / NANOS_PER_SECOND);
      entry.put("peak_heap_bytes", stage.peakHeapBytes());
      listed.add(entry);
    }
    json.put("stages", listed);
    json.put("is_valid", verdict.isStrictlyOk());
    json.put("data_sha256", dataSha256);
    return json;
  }
}
