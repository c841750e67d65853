package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.RecursiveAction;
import java.util.stream.IntStream;

/**
 * Orders the faces of a range for a binary tree, top down, and remembers where every part is
 * divided. Large ranges are a task each: their bins are filled by several threads and their parts
 * divided in parallel. Where a range is divided depends on its faces only, so the tree is the same
 * for any number of threads.
 *
 * <p>Planes are chosen by the binned surface area heuristic (Wald, "On fast Construction of
 * SAH-based Bounding Volume Hierarchies", 2007). A range whose middles coincide, or that lies below
 * a fixed depth, is halved by position instead, which bounds the depth of the tree.
 */
final class BvhSplits extends RecursiveAction {
  private static final long serialVersionUID = 1L;

  /** Ranges up to this size are divided by one thread. */
  private static final int SEQUENTIAL_FACES = 1 << 13;

  /** Larger ranges are binned in parts of this size. */
  private static final int BINNED_FACES = 1 << 15;

  private static final int LAST_HEURISTIC_DEPTH = Bvh.MAX_DEPTH - 32;

  private final transient int[] records;
  private final transient int[] middles;
  private final int start;
  private final int end;
  private final int depth;
  private transient BvhSplits first;
  private transient BvhSplits second;
  private int nodeCount;
  private int blockCount;

  private BvhSplits(int[] records, int[] middles, int start, int end, int depth) {
    this.records = records;
    this.middles = middles;
    this.start = start;
    this.end = end;
    this.depth = depth;
  }

  /** Divides all faces, at least one, in the pool of the calling thread. */
  static BvhSplits of(BvhFaces faces) {
    int count = faces.count();
    BvhSplits splits = new BvhSplits(faces.records(), new int[count], 0, count, 0);
    splits.invoke();
    return splits;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** True if both parts of this range are tasks of their own. */
  boolean isDivided() {
    return first != null;
  }

  BvhSplits first() {
    return first;
  }

  BvhSplits second() {
    return second;
  }

  /** Number of inner nodes of the binary tree over this range. */
  int nodeCount() {
    return nodeCount;
  }

  /** Number of leaf blocks over this range. */
  int blockCount() {
    return blockCount;
  }

  /** Start of the second part of the inner node with a number in depth-first order. */
  int middle(int node) {
    return middles[start + node];
  }

  @Override
  protected void compute() {
    BvhBins bins = new BvhBins();
    if (end - start <= SEQUENTIAL_FACES) {
      divide(bins, start, end, depth, false);
      return;
    }
    int middle = split(bins, start, end, depth);
    first = new BvhSplits(records, middles, start, middle, depth + 1);
    second = new BvhSplits(records, middles, middle, end, depth + 1);
    invokeAll(first, second);
    nodeCount = 1 + first.nodeCount + second.nodeCount;
    blockCount = first.blockCount + second.blockCount;
  }

  private void divide(BvhBins bins, int from, int to, int level, boolean isInBlock) {
    boolean fitsBlock = to - from <= Bvh.BLOCK_FACES;
    if (fitsBlock && !isInBlock) {
      blockCount++;
    }
    if (to - from > Bvh.MAX_LEAF_FACES) {
      int node = nodeCount++;
      int middle = split(bins, from, to, level);
      middles[start + node] = middle;
      divide(bins, from, middle, level + 1, fitsBlock);
      divide(bins, middle, to, level + 1, fitsBlock);
    }
  }

  /** Reorders a range and returns the first position of its second part; both are non-empty. */
  private int split(BvhBins bins, int from, int to, int level) {
    if (level >= LAST_HEURISTIC_DEPTH) {
      return (from + to) >>> 1;
    }
    if (to - from <= BINNED_FACES) {
      bins.clearMiddles();
      bins.addMiddles(records, from, to);
      bins.clearBins(to - from);
      bins.add(records, from, to);
    } else {
      fillInParts(bins, from, to);
    }
    return bins.choosePlane() ? partition(bins, from, to) : (from + to) >>> 1;
  }

  private void fillInParts(BvhBins bins, int from, int to) {
    int count = (to - from + BINNED_FACES - 1) / BINNED_FACES;
    BvhBins[] parts = new BvhBins[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            part -> {
              int begin = from + part * BINNED_FACES;
              parts[part] = new BvhBins();
              parts[part].clearMiddles();
              parts[part].addMiddles(records, begin, Math.min(to, begin + BINNED_FACES));
            });
    bins.clearMiddles();
    for (BvhBins part : parts) {
      bins.mergeMiddles(part);
    }
    bins.clearBins(to - from);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            part -> {
              int begin = from + part * BINNED_FACES;
              parts[part].clearBinsLike(bins, to - from);
              parts[part].add(records, begin, Math.min(to, begin + BINNED_FACES));
            });
    for (BvhBins part : parts) {
      bins.merge(part);
    }
  }

  private int partition(BvhBins bins, int from, int to) {
    int low = from;
    int high = to - 1;
    while (true) {
      while (low <= high && bins.isBeforePlane(records, low * BvhFaces.RECORD_INTS)) {
        low++;
      }
      while (low <= high && !bins.isBeforePlane(records, high * BvhFaces.RECORD_INTS)) {
        high--;
      }
      if (low >= high) {
        return low;
      }
      swap(low++, high--);
    }
  }

  private void swap(int i, int j) {
    int a = i * BvhFaces.RECORD_INTS;
    int b = j * BvhFaces.RECORD_INTS;
    for (int k = 0; k < BvhFaces.RECORD_INTS; k++) {
      int value = records[a + k];
      records[a + k] = records[b + k];
      records[b + k] = value;
    }
  }
}
