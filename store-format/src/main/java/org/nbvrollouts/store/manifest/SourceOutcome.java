package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one source row (specification campaign 6). Text that does not apply is empty here
 * and null in the file.
 *
 * @param order position of the row in the entry
 * @param rollouts chains stored for the row
 * @param reason why there are none, or why fewer than asked for
 * @param detail free text for people
 * @param rootCloud where the root evaluation cloud came from
 * @param rowDataSha256 seal of the row's own data, equal however rows are cut into shards
 * @param skipCounters skipped targets and recipes by reason
 */
public record SourceOutcome(
    int order,
    Kind kind,
    long rollouts,
    String reason,
    String detail,
    String rootCloud,
    String rowDataSha256,
    Map<String, Long> skipCounters)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether a row gave rollouts. */
  public enum Kind {
    GENERATED("generated"),
    INSUFFICIENT_SUPPORT("insufficient_support");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Value of {@code outcome}. */
    public String text() {
      return text;
    }
  }

  public SourceOutcome {
    skipCounters = Map.copyOf(skipCounters);
  }

  /** A row with rollouts; its seal is filled in from the written store. */
  public static SourceOutcome generated(
      int order, long rollouts, String rootCloud, Map<String, Long> skipCounters) {
    return new SourceOutcome(order, Kind.GENERATED, rollouts, "", "", rootCloud, "", skipCounters);
  }

  /** A row without rollouts, and why. */
  public static SourceOutcome insufficientSupport(
      int order, String reason, String detail, Map<String, Long> skipCounters) {
    return new SourceOutcome(
        order, Kind.INSUFFICIENT_SUPPORT, 0, reason, detail, "", "", skipCounters);
  }

  /** The same outcome with the seal of the row's data. */
  public SourceOutcome withRowDataSha256(String sha256) {
    return new SourceOutcome(
        order, kind, rollouts, reason, detail, rootCloud, sha256, skipCounters);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order", order);
    json.put("outcome", kind.text());
    json.put("rollouts", rollouts);
    json.put("reason", orNull(reason));
    json.put("detail", orNull(detail));
    json.put("root_cloud", orNull(rootCloud));
    json.put("row_data_sha256", orNull(rowDataSha256));
    json.put("skip_counters", skipCounters);
    return json;
  }

  static SourceOutcome parse(JsonFields fields, List<String> problems) {
    String text = fields.text("outcome");
    Kind kind = Kind.GENERATED;
    if (text.equals(Kind.INSUFFICIENT_SUPPORT.text())) {
      kind = Kind.INSUFFICIENT_SUPPORT;
    } else if (!text.equals(Kind.GENERATED.text())) {
      problems.add("Invalid outcome: " + text + " (expected generated or insufficient_support)");
    }
    return new SourceOutcome(
        fields.smallInteger("order"),
        kind,
        fields.integer("rollouts"),
        fields.textOrNull("reason"),
        fields.textOrNull("detail"),
        fields.textOrNull("root_cloud"),
        fields.textOrNull("row_data_sha256"),
        fields.integers("skip_counters"));
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
