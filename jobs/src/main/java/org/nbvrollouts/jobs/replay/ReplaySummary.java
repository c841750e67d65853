package org.nbvrollouts.jobs.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.jobs.text.Count;

/**
 * Outcome of several replays.
 *
 * @param reports in the order of the replays
 */
public record ReplaySummary(List<ReplayReport> reports) {
  private static final int SHOWN_DIFFERENCES = 40;

  public ReplaySummary {
    reports = List.copyOf(reports);
  }

  /** True if no rollout differs. */
  public boolean isEqual() {
    return reports.stream().allMatch(ReplayReport::isEqual);
  }

  /** What people read, first what differs. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ReplayReport report : reports) {
      List<Difference> differences = report.differences();
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %s, %s, %s",
              report.rollout(),
              Count.of(report.steps(), "step"),
              Count.of(report.values(), "value"),
              differences.isEmpty() ? "equal" : differences.size() + " different"));
      differences.stream().limit(SHOWN_DIFFERENCES).forEach(d -> lines.add("  " + d.text()));
      if (differences.size() > SHOWN_DIFFERENCES) {
        lines.add("  … and " + (differences.size() - SHOWN_DIFFERENCES) + " more; --json has all");
      }
    }
    lines.add(tables());
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %s: %s",
            Count.of(reports.size(), "rollout"),
            Count.of(reports.stream().mapToLong(ReplayReport::values).sum(), "value"),
            isEqual() ? "no difference" : Count.of(different(), "difference")));
    return lines;
  }

  /** The report as JSON values. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rollouts", reports.size());
    json.put("values", reports.stream().mapToLong(ReplayReport::values).sum());
    json.put("differences", different());
    json.put("compared", new LinkedHashMap<>(byTable()));
    json.put("reports", new ArrayList<>(reports.stream().map(ReplayReport::toJson).toList()));
    return json;
  }

  private long different() {
    return reports.stream().mapToLong(report -> report.differences().size()).sum();
  }

  private String tables() {
    List<String> parts = new ArrayList<>();
    byTable()
        .forEach((table, count) -> parts.add(String.format(Locale.ROOT, "%s %,d", table, count)));
    return "Compared: " + String.join(", ", parts);
  }

  private Map<String, Long> byTable() {
    Map<String, Long> tables = new TreeMap<>();
    reports.forEach(
        report ->
            report.byTable().forEach((table, count) -> tables.merge(table, count, Long::sum)));
    return tables;
  }
}
