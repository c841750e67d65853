package org.nbvrollouts.pipeline.reference;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.nbvrollouts.store.source.Point3;

/**
 * Things in space, gathered with their neighbours into groups that are known by one sphere each, so
 * that a loop over all things can leave out whole groups that cannot matter. There is no tree and
 * nothing is decided here: spheres are a little larger than needed, and what is left is looked at
 * one by one.
 */
final class SphereGroups {
  private static final int GROUP_SIZE = 32;

  /** Cells per axis along which neighbours are ordered; a power of 2. */
  private static final int CELL_BITS = 20;

  /** Far above the rounding of a distance, relative to the coordinates. */
  private static final double ROUNDING = 1e-9;

  private final double[] centres;
  private final double[] radii;
  private final int[] items;
  private final double[] spheres;

  /**
   * Gathers things. Both arrays are kept and must not change.
   *
   * @param centres x, y, z of each, metres
   * @param radii distance from the centre within which all of a thing lies, metres
   */
  SphereGroups(double[] centres, double[] radii) {
    this.centres = centres;
    this.radii = radii;
    items = ordered();
    spheres = new double[4 * ((items.length + GROUP_SIZE - 1) / GROUP_SIZE)];
    for (int group = 0; group < groups(); group++) {
      enclose(group);
    }
  }

  int groups() {
    return spheres.length / 4;
  }

  /** First position of a group; it ends where the next one starts. */
  int start(int group) {
    return Math.min(group * GROUP_SIZE, items.length);
  }

  /** Number of the thing at a position. */
  int item(int position) {
    return items[position];
  }

  /** Distance within which every thing of a group lies from its centre, metres. */
  double groupRadius(int group) {
    return spheres[4 * group + 3];
  }

  /** Distance from a point to the centre of a group, metres. */
  double groupDistance(int group, double x, double y, double z) {
    return distance(spheres, 4 * group, x, y, z);
  }

  /** Whether a line through a point along a unit vector may come near a group. */
  boolean mayMeet(int group, Point3 from, Point3 unit) {
    double dx = spheres[4 * group] - from.x();
    double dy = spheres[4 * group + 1] - from.y();
    double dz = spheres[4 * group + 2] - from.z();
    double along = dx * unit.x() + dy * unit.y() + dz * unit.z();
    double radius = groupRadius(group);
    double squared = dx * dx + dy * dy + dz * dz;
    return squared - along * along <= radius * radius + ROUNDING * squared;
  }

  /** Least distance from a point to anything of a thing, metres. */
  double itemDistance(int item, double x, double y, double z) {
    return distance(centres, 3 * item, x, y, z) - radii[item];
  }

  static double distance(double[] points, int offset, double x, double y, double z) {
    double dx = points[offset] - x;
    double dy = points[offset + 1] - y;
    double dz = points[offset + 2] - z;
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** What to add to a bound near a point so that rounding never makes it wrong, metres. */
  static double slack(double x, double y, double z) {
    return ROUNDING * (1 + Math.abs(x) + Math.abs(y) + Math.abs(z));
  }

  /** By size, and things of a size along a curve that fills space. */
  private int[] ordered() {
    double[] low = new double[3];
    double edge = Double.MIN_NORMAL;
    for (int axis = 0; axis < 3; axis++) {
      int offset = axis;
      IntStream all = IntStream.range(0, radii.length);
      low[axis] = all.mapToDouble(i -> centres[3 * i + offset]).min().orElse(0);
      for (int i = 0; i < radii.length; i++) {
        edge = Math.max(edge, centres[3 * i + axis] - low[axis]);
      }
    }
    double cellsPerMetre = ((1 << CELL_BITS) - 1) / edge;
    long[] curve = new long[radii.length];
    for (int i = 0; i < curve.length; i++) {
      for (int axis = 0; axis < 3; axis++) {
        long cell = (long) ((centres[3 * i + axis] - low[axis]) * cellsPerMetre);
        curve[i] |= spread(cell) << axis;
      }
    }
    return IntStream.range(0, radii.length)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer i) -> Math.getExponent(radii[i]))
                .thenComparingLong(i -> curve[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The bits of a number with two zeros after each. */
  private static long spread(long cell) {
    long spread = 0;
    for (int bit = 0; bit < CELL_BITS; bit++) {
      spread |= ((cell >> bit) & 1) << (3 * bit);
    }
    return spread;
  }

  private void enclose(int group) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (int at = start(group); at < start(group + 1); at++) {
      for (int axis = 0; axis < 3; axis++) {
        double coordinate = centres[3 * items[at] + axis];
        low[axis] = Math.min(low[axis], coordinate);
        high[axis] = Math.max(high[axis], coordinate);
      }
    }
    double x = low[0] / 2 + high[0] / 2;
    double y = low[1] / 2 + high[1] / 2;
    double z = low[2] / 2 + high[2] / 2;
    double radius = 0;
    for (int at = start(group); at < start(group + 1); at++) {
      int item = items[at];
      radius = Math.max(radius, distance(centres, 3 * item, x, y, z) + radii[item]);
    }
    spheres[4 * group] = x;
    spheres[4 * group + 1] = y;
    spheres[4 * group + 2] = z;
    spheres[4 * group + 3] = radius + slack(x, y, z);
  }
}
