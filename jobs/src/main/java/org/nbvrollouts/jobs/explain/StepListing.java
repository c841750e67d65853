package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** The candidates of a stored step, best gain first, the invalid ones last in shell order. */
public final class StepListing {
  private static final String ROW = "%5s  %-21s  %-14s  %-22s %8s %11s  %s";

  private final List<StoredRow> candidates;

  public StepListing(StoredStep step) {
    this.candidates =
        step.candidates().stream().sorted(Comparator.comparingDouble(StepListing::order)).toList();
  }

  private static double order(StoredRow candidate) {
    double gain = candidate.real("target_root_gain");
    return Double.isNaN(gain) ? Double.POSITIVE_INFINITY : -gain;
  }

  /** As a table less than 100 ASCII characters wide. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted("shell", "family", "view", "verdict", "gain", "probability", "").strip());
    for (StoredRow candidate : candidates) {
      boolean valid = candidate.truth("actor_action_mask");
      lines.add(
          ROW.formatted(
                  candidate.integer("shell_index"),
                  family(candidate),
                  view(candidate),
                  reason(candidate).toLowerCase(Locale.ROOT),
                  valid ? Numbers.signed(candidate.real("target_root_gain")) : "",
                  valid ? Numbers.text(candidate.real("selection_probabilities")) : "",
                  candidate.truth("selected_mask") ? "chosen" : "")
              .stripTrailing());
    }
    return lines;
  }

  /** As JSON values, in the order of the table; the gain of an invalid candidate is null. */
  public List<Object> toJson() {
    List<Object> rows = new ArrayList<>();
    for (StoredRow candidate : candidates) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("shell_index", candidate.integer("shell_index"));
      row.put("family", family(candidate));
      row.put("view", view(candidate));
      row.put("valid", candidate.truth("actor_action_mask"));
      row.put("reason", reason(candidate));
      row.put("target_root_gain", Numbers.json(candidate.real("target_root_gain")));
      row.put("probability", Numbers.json(candidate.real("selection_probabilities")));
      row.put("selected", candidate.truth("selected_mask"));
      rows.add(row);
    }
    return rows;
  }

  private static String family(StoredRow candidate) {
    return PositionFamily.decodePositionId(Math.toIntExact(candidate.integer("position_id")));
  }

  private static String view(StoredRow candidate) {
    return ViewStrategy.decodeStrategyId(Math.toIntExact(candidate.integer("strategy_id")));
  }

  private static String reason(StoredRow candidate) {
    return InvalidReason.decodeInvalidReason(
        Math.toIntExact(candidate.integer("primary_invalid_reason")));
  }
}
