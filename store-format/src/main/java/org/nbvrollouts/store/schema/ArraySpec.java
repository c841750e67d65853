package org.nbvrollouts.store.schema;

import java.util.List;
import java.util.Optional;

/**
 * One array of the store.
 *
 * @param group group name
 * @param name array name inside the group
 * @param type element type
 * @param shape axes, rows first
 * @param missing value of an unset entry, or empty if every entry is set
 * @param dictionary dictionary that the values index, or empty
 * @param table table whose key the values are, or empty
 * @param unit unit of the values, or empty; {@code pose} stands for nine rotation numbers row by
 *     row and three of translation in metres
 * @param meaning what a value says, in a few words
 */
public record ArraySpec(
    String group,
    String name,
    ElementType type,
    List<Axis> shape,
    Optional<Missing> missing,
    Optional<String> dictionary,
    Optional<String> table,
    Optional<String> unit,
    String meaning) {

  /** Values that stand for "unset" (specification store 4.10). */
  public enum Missing {
    MINUS_ONE(-1),
    ZERO(0),
    NAN(Double.NaN),
    MINUS_INFINITY(Double.NEGATIVE_INFINITY);

    private final double value;

    Missing(double value) {
      this.value = value;
    }

    /** The value itself; false is zero. */
    public double value() {
      return value;
    }
  }

  public ArraySpec {
    shape = List.copyOf(shape);
  }

  /** Slash path below the store root, for example {@code candidates/target_rri}. */
  public String path() {
    return group + "/" + name;
  }

  /** True if the array holds one JSON text (specification store 2.4). */
  public boolean isText() {
    return shape.get(0).extent() == Axis.Extent.TEXT;
  }

  /**
   * Spark SQL type of one row: the element, in an {@code ARRAY} for every axis after the first. An
   * entry of a string array is a {@code STRING}. Unsigned types become the next larger signed one,
   * half floats are widened.
   */
  public String sqlType() {
    String type = isText() ? "STRING" : this.type.sqlType();
    for (int axis = 1; axis < shape.size(); axis++) {
      type = "ARRAY<" + type + ">";
    }
    return type;
  }

  /** True for the two arrays of codec class B (specification store 2.2). */
  public boolean isDepthRaster() {
    return shape.get(shape.size() - 1).extent() == Axis.Extent.DEPTH_WIDTH;
  }

  /** How rows are grouped into chunks. */
  public ChunkRule chunkRule() {
    if (isDepthRaster()) {
      return ChunkRule.DEPTH_STEPS;
    }
    if (group.equals("q_h")) {
      return ChunkRule.STATES;
    }
    return shape.stream().anyMatch(axis -> axis.extent() == Axis.Extent.EVAL_CROP_POINTS)
        ? ChunkRule.WIDE_ROWS
        : ChunkRule.TABLE_ROWS;
  }

  /** Rows per chunk; every other axis is one chunk. */
  public enum ChunkRule {
    /** About 1 MiB of raw data, at least 1024 rows. */
    TABLE_ROWS,
    /** About 1 MiB of raw data, at least one row. */
    WIDE_ROWS,
    /** {@code q_h_chunk_states} rows (specification store 2.3, C2). */
    STATES,
    /** {@code selected_depth_chunk_steps} rows (specification store 2.3, C3). */
    DEPTH_STEPS
  }
}
