package org.nbvrollouts.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.nbvrollouts.jobs.summary.TextTable;
import org.nbvrollouts.pipeline.rollout.Work;

/** A benchmark as text: one column per point. */
final class BenchmarkTables {
  private static final double MIB = 1 << 20;
  private static final String UNKNOWN = "-";

  private final BenchmarkReport report;
  private final List<Measurement> points;

  BenchmarkTables(BenchmarkReport report) {
    this.report = report;
    this.points = report.measurements();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(heading());
    lines.add("");
    lines.addAll(rates());
    lines.add("");
    lines.add("Milliseconds per row and share of all threads' time, by stage");
    lines.addAll(stages());
    lines.add("");
    lines.addAll(checks());
    return lines;
  }

  private String heading() {
    BenchmarkPoint first = points.get(0).point();
    return String.format(
        Locale.ROOT,
        "Production profile %s scene scores, %d thread%s, fastest of %d builds",
        first.scene() == BenchmarkPoint.SceneScores.ON ? "with" : "without",
        report.plan().threads(),
        report.plan().threads() == 1 ? "" : "s",
        report.plan().repetitions());
  }

  private List<String> rates() {
    TextTable table = new TextTable(points.size() + 1);
    add(table, report.plan().varied().words(), one -> whole(one.size(report.plan().varied())));
    table.rule();
    if (report.plan().varied() != Varied.FACES) {
      add(table, "faces", one -> whole((double) one.faces()));
    }
    add(table, "seconds, all rows", one -> decimal(one.best().seconds()));
    add(table, "the same, first build", one -> decimal(one.repetitions().get(0).seconds()));
    add(table, "rows/s", one -> decimal(one.rowsPerSecond()));
    add(table, "nodes/s", one -> decimal(one.nodesPerSecond()));
    add(table, "candidates per node, valid", BenchmarkTables::candidates);
    add(table, "rays/s while casting, per thread", one -> whole(one.raysPerSecond()));
    add(table, "point distances/s while scoring", one -> whole(one.distancesPerSecond()));
    add(table, "allocated, MiB/s", one -> mebibytes(one.allocationRate()));
    add(table, "peak heap, MiB", one -> whole(one.best().memory().peakHeap() / MIB));
    add(table, "peak resident, MiB", one -> mebibytes(one.best().memory().peakResident()));
    return table.lines();
  }

  private List<String> stages() {
    boolean grows = points.size() > 1;
    TextTable table = new TextTable(2 * points.size() + (grows ? 2 : 1));
    if (grows) {
      table.row(header());
      table.rule();
    }
    for (String stage : BenchmarkStages.names()) {
      if (points.stream().anyMatch(one -> one.best().milliseconds(stage) > 0)) {
        table.row(
            cells(
                BenchmarkStages.words(stage),
                one -> one.best().milliseconds(stage),
                report.exponent(stage)));
      }
    }
    table.rule();
    table.row(cells("together", BenchmarkTables::together, OptionalDouble.empty()));
    table.rule();
    List<String> lines = new ArrayList<>(table.lines());
    if (grows) {
      lines.add(
          "  e: exponent of growth with the "
              + report.plan().varied().words()
              + ", of the time of all rows; wall time "
              + exponent(report.totalExponent()));
    }
    return lines;
  }

  private String[] header() {
    List<String> cells = new ArrayList<>();
    cells.add(report.plan().varied().words());
    for (Measurement one : points) {
      cells.add(whole(one.size(report.plan().varied())));
      cells.add("");
    }
    cells.add("e");
    return cells.toArray(String[]::new);
  }

  private String[] cells(
      String name, Function<Measurement, Double> milliseconds, OptionalDouble exponent) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    for (Measurement one : points) {
      double ms = milliseconds.apply(one);
      cells.add(tenth(ms / one.point().rows()));
      cells.add(String.format(Locale.ROOT, "%.0f %%", 100 * ms / together(one)));
    }
    if (points.size() > 1) {
      cells.add(exponent(exponent));
    }
    return cells.toArray(String[]::new);
  }

  private static double together(Measurement one) {
    return one.best().stageMs().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private List<String> checks() {
    List<String> lines = new ArrayList<>();
    long stores =
        points.stream()
            .mapToLong(one -> (long) one.point().rows() * one.repetitions().size())
            .sum();
    lines.add("Checked: " + stores + " stores read back, valid by all rules, sealed and committed");
    lines.add(
        report.isReproducible()
            ? "Checked: all builds of a point stored the same data (data_sha256)"
            : "Wrong: two builds of one point stored different data (data_sha256)");
    if (!report.hasRollouts()) {
      lines.add("Wrong: a point stored no rollout");
    }
    lines.add("Stores and benchmark.json: " + report.folder());
    return lines;
  }

  private void add(TextTable table, String name, Function<Measurement, String> cell) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    points.forEach(point -> cells.add(cell.apply(point)));
    table.row(cells.toArray(String[]::new));
  }

  private static String candidates(Measurement one) {
    double nodes = Math.max(1, one.best().work().of(Work.NODES));
    return String.format(
        Locale.ROOT,
        "%.0f, %.0f",
        one.best().work().of(Work.CANDIDATES) / nodes,
        one.best().work().of(Work.VALID_CANDIDATES) / nodes);
  }

  private static String exponent(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : UNKNOWN;
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? whole(bytes.getAsLong() / MIB) : UNKNOWN;
  }

  private static String tenth(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
