package org.nbvrollouts.pipeline.oracle;

import java.util.Arrays;
import org.nbvrollouts.pipeline.geometry.PointBuffer;

/**
 * Fusion of points on a voxel grid (specification generation 6.1): points that share the cell
 * (⌊x/v⌋, ⌊y/v⌋, ⌊z/v⌋) become their arithmetic mean, summed in input order, and the means come out
 * in the lexicographic order of the cells. The result depends on the points and their order alone.
 *
 * <p>Scratch memory is kept between calls; for one thread at a time.
 */
public final class VoxelFusion {
  /** Cap that never bites. */
  public static final int NO_CAP = Integer.MAX_VALUE;

  private static final int PACKED_BITS = 63;
  private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final CellKeys cells = new CellKeys();
  private int tableMask;
  private int[] slots = new int[0];
  private long[] groupKeys = new long[0];
  private double[] sums = new double[0];
  private int[] counts = new int[0];
  private long[] sortedKeys = new long[0];

  /**
   * Fuses {@code points} and thins the result to at most {@code cap} rows. Points with a coordinate
   * that is not finite are dropped; with {@code voxelMetres} 0 the other points stay as they are.
   *
   * @param points not modified
   * @param cap most rows of the result, thinned by {@link #thin}
   * @return a new buffer
   */
  public PointBuffer fuse(PointBuffer points, double voxelMetres, int cap) {
    PointBuffer fused = voxelMetres > 0 ? means(points, voxelMetres) : finite(points);
    return fused.size() > cap ? thin(fused, cap) : fused;
  }

  /** Keeps rows ⌊i·n/rows⌋ for i = 0 … rows−1, or all of them if there are no more than that. */
  static PointBuffer thin(PointBuffer points, int rows) {
    PointBuffer kept = new PointBuffer(rows);
    appendThinned(points, rows, kept);
    return kept;
  }

  /**
   * The union of a current and a candidate cloud under a cap: half of the cap at most for the
   * candidate, the rest for the current cloud, each thinned by index (specification generation
   * 6.5). Current points come first.
   */
  static PointBuffer balancedUnion(PointBuffer current, PointBuffer candidate, int cap) {
    PointBuffer union = new PointBuffer(cap);
    int candidateRows = Math.min(candidate.size(), Math.max(1, Math.min(cap, cap / 2)));
    appendThinned(current, cap - candidateRows, union);
    appendThinned(candidate, candidateRows, union);
    return union;
  }

  private static void appendThinned(PointBuffer points, int rows, PointBuffer out) {
    int count = points.size();
    int kept = Math.min(rows, count);
    for (int i = 0; i < kept; i++) {
      int row = (int) ((long) i * count / kept);
      out.add(points.x(row), points.y(row), points.z(row));
    }
  }

  private static PointBuffer finite(PointBuffer points) {
    PointBuffer kept = new PointBuffer(points.size());
    for (int i = 0; i < points.size(); i++) {
      if (isFinite(points, i)) {
        kept.add(points.x(i), points.y(i), points.z(i));
      }
    }
    return kept;
  }

  private PointBuffer means(PointBuffer points, double voxelMetres) {
    cells.index(points, voxelMetres);
    if (cells.areDistinctAndSorted(points)) {
      return finite(points);
    }
    int groups = group(points);
    if (sortedKeys.length < groups) {
      sortedKeys = new long[groups + groups / 2];
    }
    System.arraycopy(groupKeys, 0, sortedKeys, 0, groups);
    Arrays.sort(sortedKeys, 0, groups);
    PointBuffer means = new PointBuffer(groups);
    for (int i = 0; i < groups; i++) {
      int group = slots[find(sortedKeys[i])];
      double count = counts[group];
      means.add(sums[3 * group] / count, sums[3 * group + 1] / count, sums[3 * group + 2] / count);
    }
    return means;
  }

  /** Sums the points of every cell; returns the number of cells. */
  private int group(PointBuffer points) {
    reserve(points.size());
    int groups = 0;
    for (int i = 0; i < points.size(); i++) {
      if (!isFinite(points, i)) {
        continue;
      }
      long key = cells.keyOf(i);
      int slot = find(key);
      int group = slots[slot];
      if (group < 0) {
        group = groups++;
        slots[slot] = group;
        groupKeys[group] = key;
        counts[group] = 0;
        Arrays.fill(sums, 3 * group, 3 * group + 3, 0);
      }
      counts[group]++;
      sums[3 * group] += points.x(i);
      sums[3 * group + 1] += points.y(i);
      sums[3 * group + 2] += points.z(i);
    }
    return groups;
  }

  private void reserve(int points) {
    int capacity = Integer.highestOneBit(Math.max(8, points)) << 2;
    tableMask = capacity - 1;
    if (slots.length < capacity) {
      slots = new int[capacity];
    }
    Arrays.fill(slots, 0, capacity, -1);
    if (counts.length < points) {
      int room = points + points / 2;
      counts = new int[room];
      groupKeys = new long[room];
      sums = new double[3 * room];
    }
  }

  private int find(long key) {
    long hash = key * HASH_MULTIPLIER;
    int slot = (int) (hash ^ hash >>> 32) & tableMask;
    while (slots[slot] >= 0 && groupKeys[slots[slot]] != key) {
      slot = slot + 1 & tableMask;
    }
    return slot;
  }

  private static boolean isFinite(PointBuffer points, int point) {
    return Double.isFinite(points.x(point))
        && Double.isFinite(points.y(point))
        && Double.isFinite(points.z(point));
  }

  /**
   * Grid cells of points as order-preserving 63-bit keys: offsets from the lowest cell where their
   * ranges fit, otherwise ranks among the cells that occur on each axis.
   */
  private static final class CellKeys {
    private long[] cellX = new long[0];
    private long[] cellY = new long[0];
    private long[] cellZ = new long[0];
    private int bitsY;
    private int bitsZ;
    private long minX;
    private long minY;
    private long minZ;

    void index(PointBuffer points, double voxelMetres) {
      int count = points.size();
      if (cellX.length < count) {
        int room = count + count / 2;
        cellX = new long[room];
        cellY = new long[room];
        cellZ = new long[room];
      }
      for (int i = 0; i < count; i++) {
        cellX[i] = (long) Math.floor(points.x(i) / voxelMetres);
        cellY[i] = (long) Math.floor(points.y(i) / voxelMetres);
        cellZ[i] = (long) Math.floor(points.z(i) / voxelMetres);
      }
      if (!fits(points)) {
        toRanks(cellX, count);
        toRanks(cellY, count);
        toRanks(cellZ, count);
        if (!fits(points)) {
          throw new IllegalArgumentException(
              "Cannot fuse points: too many distinct cells (points=" + count + ")");
        }
      }
    }

    /** True for clouds that are fused already, as most are when they come here again. */
    boolean areDistinctAndSorted(PointBuffer points) {
      long last = -1;
      for (int i = 0; i < points.size(); i++) {
        if (isFinite(points, i)) {
          if (keyOf(i) <= last) {
            return false;
          }
          last = keyOf(i);
        }
      }
      return true;
    }

    long keyOf(int point) {
      return ((cellX[point] - minX) << bitsY | cellY[point] - minY) << bitsZ | cellZ[point] - minZ;
    }

    private boolean fits(PointBuffer points) {
      minX = Long.MAX_VALUE;
      minY = Long.MAX_VALUE;
      minZ = Long.MAX_VALUE;
      long maxX = Long.MIN_VALUE;
      long maxY = Long.MIN_VALUE;
      long maxZ = Long.MIN_VALUE;
      for (int i = 0; i < points.size(); i++) {
        if (isFinite(points, i)) {
          minX = Math.min(minX, cellX[i]);
          minY = Math.min(minY, cellY[i]);
          minZ = Math.min(minZ, cellZ[i]);
          maxX = Math.max(maxX, cellX[i]);
          maxY = Math.max(maxY, cellY[i]);
          maxZ = Math.max(maxZ, cellZ[i]);
        }
      }
      bitsY = bits(minY, maxY);
      bitsZ = bits(minZ, maxZ);
      return bits(minX, maxX) + bitsY + bitsZ <= PACKED_BITS;
    }

    private static int bits(long least, long greatest) {
      long range = greatest - least;
      if (greatest < least) {
        return 0;
      }
      return range < 0 ? Long.SIZE : Long.SIZE - Long.numberOfLeadingZeros(range);
    }

    private static void toRanks(long[] cells, int count) {
      long[] distinct = Arrays.stream(cells, 0, count).sorted().distinct().toArray();
      for (int i = 0; i < count; i++) {
        cells[i] = Arrays.binarySearch(distinct, cells[i]);
      }
    }
  }
}
