package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Suspicious rows and how many there are of each severity, also of those that a limit left out.
 *
 * @param rows columns {@code kind}, {@code severity}, four row ids, {@code message}, {@code value},
 *     {@code threshold}
 * @param counts number of rows by severity
 */
public record SuspiciousRows(AuditRows rows, Map<Severity, Long> counts) {
  static final List<String> COLUMNS =
      List.of(
          "kind",
          "severity",
          "rollout_row_id",
          "step_row_id",
          "candidate_row_id",
          "target_row_id",
          "message",
          "value",
          "threshold");

  public SuspiciousRows {
    counts = Map.copyOf(counts);
  }

  /** Number of rows that are at least so severe. */
  public long atLeast(Severity severity) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().compareTo(severity) >= 0)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Collects rows up to a limit. */
  static final class Collector {
    private final long limit;
    private final List<AuditRow> rows = new ArrayList<>();
    private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);

    Collector(long limit) {
      this.limit = limit;
    }

    void add(Severity severity, String kind, Place place, Finding finding) {
      counts.merge(severity, 1L, Long::sum);
      if (rows.size() < limit) {
        rows.add(
            AuditRow.of(
                COLUMNS,
                kind,
                severity.text(),
                place.rollout,
                place.step,
                place.candidate,
                place.target,
                finding.message,
                finding.value,
                finding.threshold));
      }
    }

    SuspiciousRows end() {
      long total = counts.values().stream().mapToLong(Long::longValue).sum();
      return new SuspiciousRows(new AuditRows(COLUMNS, List.copyOf(rows), total), counts);
    }
  }

  /** Row ids, {@code null} where the finding has none. */
  record Place(Long rollout, Long step, Long candidate, Long target) {
    static Place ofStep(long rollout, long step) {
      return new Place(rollout, step, null, null);
    }

    static Place ofCandidate(long rollout, long step, long candidate) {
      return new Place(rollout, step, candidate, null);
    }

    static Place ofTarget(long target) {
      return new Place(null, null, null, target);
    }
  }

  /** What was found, with the first number that is beyond its threshold if there is one. */
  record Finding(String message, Double value, Double threshold) {}
}
