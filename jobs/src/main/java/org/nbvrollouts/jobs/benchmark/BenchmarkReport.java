package org.nbvrollouts.jobs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.nbvrollouts.jobs.picture.GrowthPlot;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What a benchmark measured.
 *
 * @param folder of this run
 */
public record BenchmarkReport(BenchmarkPlan plan, Path folder, List<Measurement> measurements) {
  private static final String TOTAL = "total";
  private static final List<String> PLOTTED =
      List.of(
          "mesh",
          "root_cloud",
          "candidates",
          "render",
          "target_score",
          "scene_score",
          "selected_depth",
          "validate");
  private static final double MS_PER_SECOND = 1e3;

  public BenchmarkReport {
    measurements = List.copyOf(measurements);
  }

  /** Whether every repetition of every point stored the same data. */
  public boolean isReproducible() {
    return measurements.stream().allMatch(Measurement::isReproducible);
  }

  /** Whether every point stored a rollout. */
  public boolean hasRollouts() {
    return measurements.stream().allMatch(point -> point.best().rollouts() > 0);
  }

  /** For people. */
  public List<String> lines() {
    return new BenchmarkTables(this).lines();
  }

  /** For programs; times in milliseconds, memory in bytes. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("build", BuildInfo.current().words());
    json.put("java", Runtime.version().toString());
    json.put("cores", (long) Runtime.getRuntime().availableProcessors());
    json.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
    json.put("threads", (long) plan.threads());
    json.put("varied", plan.varied().name().toLowerCase(Locale.ROOT));
    json.put("folder", folder.toString());
    json.put("points", measurements.stream().map(one -> one.toJson(plan.varied())).toList());
    Map<String, Object> exponents = new LinkedHashMap<>();
    exponent(TOTAL).ifPresent(value -> exponents.put(TOTAL, value));
    for (String stage : BenchmarkStages.names()) {
      exponent(stage).ifPresent(value -> exponents.put(stage, value));
    }
    json.put("growth_exponents", exponents);
    return json;
  }

  /** Writes {@code benchmark.json}, and {@code growth.png} if there are several points. */
  public void write() {
    Path file = folder.resolve("benchmark.json");
    try {
      Files.writeString(file, CanonicalJson.pretty(toJson()) + "\n");
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write report: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
    if (measurements.size() > 1) {
      GrowthPlot.write(plot(), folder.resolve("growth.png"));
    }
  }

  /** Exponent of a stage, or of the wall time, against what varies. */
  OptionalDouble exponent(String stage) {
    return Growth.exponent(
        measurements.stream().map(one -> one.size(plan.varied())).toList(),
        measurements.stream().map(one -> milliseconds(one, stage)).toList());
  }

  OptionalDouble totalExponent() {
    return exponent(TOTAL);
  }

  private static double milliseconds(Measurement measurement, String stage) {
    return stage.equals(TOTAL)
        ? MS_PER_SECOND * measurement.best().seconds()
        : measurement.best().milliseconds(stage);
  }

  private GrowthPlot.Content plot() {
    List<GrowthPlot.Curve> curves = new ArrayList<>();
    curves.add(curve(TOTAL, "wall time"));
    for (String stage : PLOTTED) {
      curves.add(curve(stage, BenchmarkStages.words(stage)));
    }
    BenchmarkPoint any = measurements.get(0).point();
    String title =
        String.format(
            Locale.ROOT,
            "%s against %s, %s scene scores",
            unit(),
            plan.varied().words(),
            any.scene() == BenchmarkPoint.SceneScores.ON ? "with" : "without");
    return new GrowthPlot.Content(
        title,
        plan.varied().words() + ", logarithmic",
        unit() + ", logarithmic",
        curves.stream().filter(curve -> !curve.points().isEmpty()).toList());
  }

  private String unit() {
    return plan.varied() == Varied.ROWS ? "Milliseconds of all rows" : "Milliseconds per row";
  }

  private int rowsPerUnit(Measurement one) {
    return plan.varied() == Varied.ROWS ? 1 : one.point().rows();
  }

  private GrowthPlot.Curve curve(String stage, String words) {
    List<GrowthPlot.Point> points = new ArrayList<>();
    for (Measurement one : measurements) {
      double ms = milliseconds(one, stage);
      if (ms >= 1) {
        points.add(new GrowthPlot.Point(one.size(plan.varied()), ms / rowsPerUnit(one)));
      }
    }
    OptionalDouble exponent = exponent(stage);
    String label =
        exponent.isPresent()
            ? String.format(Locale.ROOT, "%s, exponent %.2f", words, exponent.getAsDouble())
            : words;
    return new GrowthPlot.Curve(label, points);
  }
}
