package org.nbvrollouts.store.source.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Pose12;

/**
 * Typed values of the columns of one row; a column that breaks a rule is an {@link
 * IllegalArgumentException} that names it.
 */
final class SourceColumnDecoder {
  private final SourceRow row;

  SourceColumnDecoder(SourceRow row) {
    this.row = row;
  }

  List<Pose12> poses(SourceColumn column) {
    float[] values = finiteRows(column, Pose12.LENGTH);
    List<Pose12> poses = new ArrayList<>();
    for (int i = 0; i < values.length; i += Pose12.LENGTH) {
      poses.add(Pose12.of(values, i));
    }
    return poses;
  }

  Optional<Pose12> optionalPose(SourceColumn column) {
    return row.has(column) ? Optional.of(pose(column)) : Optional.empty();
  }

  Pose12 pose(SourceColumn column) {
    return Pose12.of(floats(column, Pose12.LENGTH), 0);
  }

  AxisAlignedBox extent(SourceColumn column) {
    float[] values = floats(column, 6);
    return new AxisAlignedBox(values[0], values[1], values[2], values[3], values[4], values[5]);
  }

  /** Exactly {@code length} finite values. */
  float[] floats(SourceColumn column, int length) {
    float[] values = rows(column, length);
    if (values.length != length) {
      throw new IllegalArgumentException(
          "Invalid "
              + column.columnName()
              + ": "
              + values.length
              + " values"
              + " (expected "
              + length
              + ")");
    }
    return finite(column, values);
  }

  private static float[] finite(SourceColumn column, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "Invalid "
                + column.columnName()
                + ": value "
                + i
                + " is "
                + values[i]
                + " (expected finite values)");
      }
    }
    return values;
  }

  /** As {@link #rows}, all finite. */
  float[] finiteRows(SourceColumn column, int width) {
    return finite(column, rows(column, width));
  }

  /** Values of a column whose length is a multiple of {@code width}. */
  float[] rows(SourceColumn column, int width) {
    byte[] bytes = row.bytes(column);
    if (bytes.length % (4 * width) != 0) {
      throw new IllegalArgumentException(
          "Invalid "
              + column.columnName()
              + ": "
              + bytes.length
              + " bytes (expected a multiple of "
              + 4 * width
              + ")");
    }
    return LittleEndian.floats(bytes);
  }

  int[] integers(SourceColumn column) {
    rows(column, 1);
    return LittleEndian.ints(row.bytes(column));
  }
}
