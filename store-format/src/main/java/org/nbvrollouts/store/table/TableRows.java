package org.nbvrollouts.store.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.Axis;

/** Collects the rows of one table; every row sets every column once, in any order. */
final class TableRows {
  /** What an array in one piece of memory can have. */
  private static final long MOST_ARRAY_BYTES = Integer.MAX_VALUE - 64;

  private final String group;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  /** Columns in the order that the row before set them: rows rarely differ in it. */
  private final Column[] sequence;

  private final long mostRows;
  private final long bytesPerRow;
  private int rows;
  private int taken;
  private int cells;

  /**
   * Starts an empty table.
   *
   * @param arrays columns; text arrays are left out
   * @param extents length of a symbolic axis
   */
  TableRows(List<ArraySpec> arrays, ToIntFunction<Axis.Extent> extents) {
    this(arrays, extents, MOST_ARRAY_BYTES);
  }

  /** As the other, with the size that no array may pass. */
  TableRows(List<ArraySpec> arrays, ToIntFunction<Axis.Extent> extents, long mostArrayBytes) {
    this.group = arrays.get(0).group();
    for (ArraySpec spec : arrays) {
      if (!spec.isText()) {
        columns.put(
            spec.name(),
            new Column(spec, new TypedArrayBuilder(spec.type(), rowShape(spec, extents))));
      }
    }
    this.sequence = new Column[columns.size()];
    this.bytesPerRow =
        columns.values().stream().mapToLong(column -> rowBytes(column.spec, extents)).sum();
    this.mostRows =
        columns.values().stream()
            .mapToLong(column -> mostArrayBytes / rowBytes(column.spec, extents))
            .min()
            .orElse(Integer.MAX_VALUE);
  }

  private static final class Column {
    private final ArraySpec spec;
    private TypedArrayBuilder values;

    Column(ArraySpec spec, TypedArrayBuilder values) {
      this.spec = spec;
      this.values = values;
    }
  }

  private static long rowBytes(ArraySpec spec, ToIntFunction<Axis.Extent> extents) {
    long elements = 1;
    for (int length : rowShape(spec, extents)) {
      elements = Math.multiplyExact(elements, Math.max(1, length));
    }
    return elements * spec.type().bytes();
  }

  static int[] rowShape(ArraySpec spec, ToIntFunction<Axis.Extent> extents) {
    return spec.shape().stream()
        .skip(1)
        .mapToInt(
            axis ->
                axis.extent() == Axis.Extent.FIXED
                    ? axis.fixedLength()
                    : extents.applyAsInt(axis.extent()))
        .toArray();
  }

  int rows() {
    return rows;
  }

  /**
   * Makes sure that one more row fits what is pending.
   *
   * @throws RefusedInputException if it does not
   */
  void requireRoom() {
    if (rows - taken >= mostRows || rows == Integer.MAX_VALUE) {
      throw new RefusedInputException(
          "Cannot write table: an array of it would pass 2 GiB (table=%s, rows=%d). Plan fewer rows"
                  .formatted(group, rows + 1L)
              + " per shard (plan --rows-per-shard)");
    }
  }

  TableRows set(String column, long value) {
    try {
      builder(column).add(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(
          "Cannot write rollout: %s (column=%s/%s, row=%d)"
              .formatted(e.getMessage(), group, column, rows),
          e);
    }
    return this;
  }

  TableRows setReal(String column, double value) {
    builder(column).add(value);
    return this;
  }

  TableRows setTruth(String column, boolean value) {
    builder(column).addTruth(value);
    return this;
  }

  /** Sets a number, or the sentinel of the column for {@code null}. */
  TableRows setOrMissing(String column, Number value) {
    if (value == null) {
      Column missing = column(column);
      missing.values.add(missing.spec.missing().orElseThrow().value());
    } else if (value instanceof Double real) {
      setReal(column, real);
    } else {
      set(column, value.longValue());
    }
    return this;
  }

  /** Sets all values of a row of a wider column. */
  TableRows setAll(String column, float... values) {
    TypedArrayBuilder builder = builder(column);
    for (float value : values) {
      builder.add((double) value);
    }
    return this;
  }

  /** As {@link #setAll}; {@code null} or another length fills the row with NaN. */
  TableRows setVector(String column, double[] values) {
    Column wide = column(column);
    int length = wide.spec.shape().get(1).fixedLength();
    if (values == null || values.length != length) {
      wide.values.repeat(Double.NaN, length);
    } else {
      Arrays.stream(values).forEach(wide.values::add);
    }
    return this;
  }

  /** The column itself, for rows that are written in bulk. */
  TypedArrayBuilder builder(String column) {
    return column(column).values;
  }

  private Column column(String name) {
    int cell = cells++;
    if (cell >= sequence.length) {
      throw new IllegalStateException(
          "Cannot write table: row %d of %s sets more than %d columns (column=%s)"
              .formatted(rows, group, sequence.length, name));
    }
    Column expected = sequence[cell];
    if (expected != null && expected.spec.name().equals(name)) {
      return expected;
    }
    Column column = columns.get(name);
    if (column == null) {
      throw new IllegalStateException("Cannot write table: no column " + group + "/" + name);
    }
    sequence[cell] = column;
    return column;
  }

  /** Ends a row; returns its number. */
  int endRow() {
    if (cells != columns.size()) {
      throw new IllegalStateException(
          "Cannot write table: row %d of %s sets %d of %d columns"
              .formatted(rows, group, cells, columns.size()));
    }
    requireRoom();
    cells = 0;
    return rows++;
  }

  /** Bytes of the rows since the last {@link #take}. */
  long pendingBytes() {
    return (rows - taken) * bytesPerRow;
  }

  /** The rows since the last call, column by column; row numbers go on. */
  Map<ArraySpec, TypedArray> take() {
    int count = rows - taken;
    Map<ArraySpec, TypedArray> blocks = new LinkedHashMap<>();
    for (Column column : columns.values()) {
      blocks.put(column.spec, column.values.build(count));
      column.values = column.values.another();
    }
    taken = rows;
    return blocks;
  }
}
