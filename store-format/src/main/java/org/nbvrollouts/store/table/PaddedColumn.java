package org.nbvrollouts.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.source.PointCloud;

/**
 * A column of point clouds at full width, one cloud per row, zeros behind its last point. Only the
 * clouds are held; a row gets its width when it is asked for (specification store 4.9). Clouds with
 * more points than the width are cut.
 */
final class PaddedColumn implements ArrayRows {
  private final Content content;
  private final int width;
  private final List<PointCloud> clouds;

  /** What is stored of a point. */
  enum Content {
    /** Its coordinates, three float32. */
    COORDINATES,
    /** That it is there. */
    MASK
  }

  /** The list must not change. */
  PaddedColumn(Content content, int width, List<PointCloud> clouds) {
    this.content = content;
    this.width = width;
    this.clouds = clouds;
  }

  @Override
  public ElementType type() {
    return content == Content.COORDINATES ? ElementType.FLOAT32 : ElementType.BOOL;
  }

  @Override
  public List<Integer> shape() {
    return content == Content.COORDINATES ? List.of(rows(), width, 3) : List.of(rows(), width);
  }

  @Override
  public int rows() {
    return clouds.size();
  }

  @Override
  public int rowSize() {
    return content == Content.COORDINATES ? 3 * width : width;
  }

  @Override
  public TypedArray rows(int first, int count) {
    int rowBytes = Math.multiplyExact(rowSize(), type().bytes());
    ByteBuffer elements =
        ByteBuffer.allocate(Math.multiplyExact(rowBytes, count)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < count; row++) {
      write(clouds.get(first + row), elements.position(row * rowBytes));
    }
    int[] shape = shape().stream().mapToInt(Integer::intValue).toArray();
    shape[0] = count;
    return new TypedArray(type(), shape, elements.rewind());
  }

  private void write(PointCloud cloud, ByteBuffer elements) {
    int kept = Math.min(cloud.size(), width);
    for (int point = 0; point < kept; point++) {
      switch (content) {
        case COORDINATES ->
            elements.putFloat(cloud.x(point)).putFloat(cloud.y(point)).putFloat(cloud.z(point));
        case MASK -> elements.put((byte) 1);
      }
    }
  }
}
