package org.nbvrollouts.jobs.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.text.Count;

/** Counts what was compared and keeps what differs. */
final class Comparison {
  private static final String UNSET = "nothing";

  private final Map<String, Long> compared = new TreeMap<>();
  private final List<Difference> differences = new ArrayList<>();

  /** Values compared so far, by array path. */
  Map<String, Long> compared() {
    return Collections.unmodifiableMap(compared);
  }

  List<Difference> differences() {
    return Collections.unmodifiableList(differences);
  }

  void integer(StoredRow row, String column, long recomputed) {
    long stored = row.integer(column);
    count(row.path(column), 1);
    if (stored != recomputed) {
      add(row, column, "", Long.toString(stored), Long.toString(recomputed), "equal");
    }
  }

  void truth(StoredRow row, String column, boolean recomputed) {
    boolean stored = row.truth(column);
    count(row.path(column), 1);
    if (stored != recomputed) {
      add(row, column, "", Boolean.toString(stored), Boolean.toString(recomputed), "equal");
    }
  }

  /** A dictionary id by the text it names; {@code null} is no id. */
  void text(StoredRow row, String column, String recomputed) {
    String stored = row.text(column).orElse(null);
    count(row.path(column), 1);
    if (stored == null ? recomputed != null : !stored.equals(recomputed)) {
      add(row, column, "", quoted(stored), quoted(recomputed), "equal");
    }
  }

  void real(StoredRow row, String column, double recomputed, Tolerance tolerance) {
    double stored = row.real(column);
    count(row.path(column), 1);
    if (!tolerance.isMet(stored, recomputed)) {
      add(row, column, "", real(stored), Double.toString(recomputed), tolerance.rule());
    }
  }

  /** All values of a column with several per row. */
  void reals(StoredRow row, String column, double[] recomputed, Tolerance tolerance) {
    for (int i = 0; i < recomputed.length; i++) {
      double stored = row.real(column, i);
      count(row.path(column), 1);
      if (!tolerance.isMet(stored, recomputed[i])) {
        add(row, column, ", " + i, real(stored), Double.toString(recomputed[i]), tolerance.rule());
      }
    }
  }

  /** How many rows there are. */
  void size(String table, String of, long stored, long recomputed) {
    count(table, 1);
    if (stored != recomputed) {
      differences.add(
          new Difference(table, of, Count.of(stored, "row"), Count.of(recomputed, "row"), "equal"));
    }
  }

  /** One element of an array that is no column of a row. */
  void element(String array, String index, double stored, double recomputed, Tolerance tolerance) {
    count(array, 1);
    if (!tolerance.isMet(stored, recomputed)) {
      differences.add(
          new Difference(
              array, index, real(stored), Double.toString(recomputed), tolerance.rule()));
    }
  }

  private void count(String array, long values) {
    compared.merge(array, values, Long::sum);
  }

  private void add(
      StoredRow row, String column, String rest, String stored, String recomputed, String rule) {
    differences.add(new Difference(row.path(column), row.row() + rest, stored, recomputed, rule));
  }

  /** The shortest text of a value that float32 holds. */
  private static String real(double stored) {
    return (float) stored == stored ? Float.toString((float) stored) : Double.toString(stored);
  }

  private static String quoted(String text) {
    return text == null ? UNSET : '"' + text + '"';
  }
}
