package org.nbvrollouts.store.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.DoubleColumn;

/** Looks up vectors by shell row (specification store 4.7, vector lookup). */
final class ShellVectors {
  private final CandidateShell shell;
  private final RecordPlace place;
  private final int[] validRank;
  private final int validCount;

  ShellVectors(CandidateShell shell, RecordPlace place) {
    this.shell = shell;
    this.place = place;
    this.validRank = new int[shell.size()];
    int rank = 0;
    for (int row = 0; row < validRank.length; row++) {
      validRank[row] = shell.valid().at(row) ? rank++ : -1;
    }
    this.validCount = rank;
  }

  /** Rank among valid rows, −1 for invalid rows. */
  int validRank(int row) {
    return validRank[row];
  }

  int validCount() {
    return validCount;
  }

  /** A provenance vector must have one value per row. */
  void requireFull(String name, int length) {
    if (length != shell.size()) {
      throw place.reject("%s has %d values (expected %d)".formatted(name, length, shell.size()));
    }
  }

  /** One value per row out of a vector over the shell or over its valid rows. */
  double[] spread(String name, DoubleColumn vector, double fallback) {
    double[] values = new double[shell.size()];
    Arrays.fill(values, fallback);
    if (vector.length() != shell.size() && vector.length() != validCount) {
      throw place.reject(
          "%s has %d values (expected %d or %d)"
              .formatted(name, vector.length(), shell.size(), validCount));
    }
    boolean full = vector.length() == shell.size();
    for (int row = 0; row < values.length; row++) {
      if (validRank[row] >= 0) {
        values[row] = vector.at(full ? row : validRank[row]);
      }
    }
    return values;
  }

  /** The first of the named metrics that is present; NaN on invalid rows and without any. */
  double[] metric(Map<String, DoubleColumn> metrics, List<String> names) {
    for (String name : names) {
      DoubleColumn vector = metrics.get(name);
      if (vector != null) {
        return spread(name, vector, Double.NaN);
      }
    }
    double[] absent = new double[shell.size()];
    Arrays.fill(absent, Double.NaN);
    return absent;
  }
}
