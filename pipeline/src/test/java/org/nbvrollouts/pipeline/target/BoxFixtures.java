package org.nbvrollouts.pipeline.target;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

/** Boxes for tests. */
final class BoxFixtures {
  private BoxFixtures() {}

  /** An axis-aligned box of the table frame around a centre, not seen by any camera. */
  static OrientedBox box(int sourceIndex, Pose12 tableFromObject, double... halfExtents) {
    float[] values = new float[OrientedBox.LENGTH];
    for (int axis = 0; axis < 3; axis++) {
      values[2 * axis] = (float) -halfExtents[axis];
      values[2 * axis + 1] = (float) halfExtents[axis];
    }
    Arrays.fill(values, 6, 18, -1f);
    System.arraycopy(tableFromObject.toFloats(), 0, values, 18, Pose12.LENGTH);
    values[30] = 7;
    values[31] = 100 + sourceIndex;
    values[32] = 0.9f;
    return OrientedBox.of(values, 0, sourceIndex);
  }

  /** The same box with another value at one place. */
  static OrientedBox with(OrientedBox box, int index, float... values) {
    float[] changed = box.toFloats();
    System.arraycopy(values, 0, changed, index, values.length);
    return OrientedBox.of(changed, 0, box.sourceIndex());
  }

  /** {@code count} points near a place, a tenth of a millimetre apart. */
  static PointCloud points(int count, Pose12 around) {
    float[] coordinates = new float[3 * count];
    for (int i = 0; i < count; i++) {
      coordinates[3 * i] = (float) (around.tx() + 1e-4 * i);
      coordinates[3 * i + 1] = (float) around.ty();
      coordinates[3 * i + 2] = (float) around.tz();
    }
    return PointCloud.of(coordinates);
  }

  static PointCloud together(PointCloud... clouds) {
    FloatBuffer coordinates = FloatBuffer.allocate(100_000);
    for (PointCloud cloud : clouds) {
      coordinates.put(cloud.copyCoordinates());
    }
    return PointCloud.of(Arrays.copyOf(coordinates.array(), coordinates.position()));
  }

  static Pose12 at(double x, double y, double z) {
    return new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z);
  }
}
