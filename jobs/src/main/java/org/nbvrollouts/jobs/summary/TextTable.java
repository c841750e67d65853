package org.nbvrollouts.jobs.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A plain text table: the first column aligned left, all others right. Not thread-safe. */
public final class TextTable {
  private static final String GAP = "   ";
  private static final String INDENT = "  ";

  private final int columns;
  private final List<String[]> rows = new ArrayList<>();
  private final List<Integer> rules = new ArrayList<>();

  /** An empty table. */
  public TextTable(int columns) {
    this.columns = columns;
  }

  /** A whole number as cells show it. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Adds a row with a cell per column. */
  public void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "Invalid row: " + cells.length + " cells (expected " + columns + ")");
    }
    rows.add(Arrays.copyOf(cells, columns));
  }

  /** A line below the last row. */
  public void rule() {
    rules.add(rows.size());
  }

  /** The table, indented. */
  public List<String> lines() {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    int total = Arrays.stream(widths).sum() + GAP.length() * (columns - 1);
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      if (rules.contains(r)) {
        lines.add(INDENT + "-".repeat(total));
      }
      lines.add(INDENT + line(rows.get(r), widths));
    }
    return lines;
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(i == 0 ? row[i] + padding : GAP + padding + row[i]);
    }
    return line.toString().stripTrailing();
  }
}
