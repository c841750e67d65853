package org.nbvrollouts.store.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.PagedElements;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * The arrays of a store in pages of a few MiB, which are whole chunks. Decoded pages are kept while
 * they fit a budget, the latest used ones longest, so that an ordinary store is read once and a
 * huge one in bounded memory. For one thread.
 */
final class StorePages {
  /** More elements than a store of eighty million candidates has; work on an array is bounded. */
  private static final long MOST_ELEMENTS = 1L << 30;

  private static final long MOST_KEPT_BYTES = 256L << 20;
  private static final int SHARE_OF_HEAP = 8;

  private final RolloutZarrStoreReader store;
  private final long budget =
      Math.min(MOST_KEPT_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private final Map<Key, TypedArray> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Elements> columns = new HashMap<>();
  private final Map<String, BitSet> seen = new HashMap<>();
  private long keptBytes;

  private record Key(String path, int firstRow) {}

  /** A place for each page of an array. */
  interface PageVisitor {
    void visit(int firstRow, TypedArray rows);
  }

  StorePages(RolloutZarrStoreReader store) {
    this.store = store;
  }

  RolloutZarrStoreReader store() {
    return store;
  }

  /**
   * An array by path; the same object every time.
   *
   * @throws InvalidContentException if there is none, or it is beyond what is judged
   */
  Elements column(String path) {
    return columns.computeIfAbsent(path, this::open);
  }

  private Elements open(String path) {
    List<Integer> shape = store.shape(path).stream().map(Math::toIntExact).toList();
    long elements = 1;
    for (int length : shape) {
      elements = length == 0 ? 0 : Math.multiplyExact(elements, (long) length);
      if (elements > MOST_ELEMENTS) {
        throw new InvalidContentException(
            "Cannot read array: shape %s has too many elements (expected at most %d, array=%s)"
                .formatted(shape, MOST_ELEMENTS, path));
      }
    }
    return new PagedElements(
        store.elementType(path),
        shape,
        store.pageRows(path),
        (first, count) -> page(path, first, count));
  }

  /** Reads every page of an array in order, one at a time, and keeps none of its own. */
  void forEachPage(String path, PageVisitor visitor) {
    int rows = rows(path);
    int pageRows = store.pageRows(path);
    for (int first = 0; first < rows; first = next(first, pageRows, rows)) {
      visitor.visit(first, page(path, first, Math.min(pageRows, rows - first)));
    }
  }

  /** One row of an array, out of the page that holds it. */
  TypedArray row(String path, int row) {
    int pageRows = store.pageRows(path);
    int first = row / pageRows * pageRows;
    return page(path, first, Math.min(pageRows, rows(path) - first)).rows(row - first, 1);
  }

  private int rows(String path) {
    List<Long> shape = store.shape(path);
    return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(0));
  }

  private static int next(int first, int pageRows, int rows) {
    return (int) Math.min(rows, (long) first + pageRows);
  }

  /** Reads the pages that nobody has read yet, for their damage; returns the unreadable ones. */
  Tally readRest(String path) {
    Tally unreadable = new Tally();
    int rows = rows(path);
    int pageRows = store.pageRows(path);
    for (int first = 0; first < rows; first = next(first, pageRows, rows)) {
      if (!seen.computeIfAbsent(path, unseen -> new BitSet()).get(first / pageRows)) {
        try {
          page(path, first, Math.min(pageRows, rows - first));
        } catch (InvalidContentException e) {
          unreadable.add(first, e.getMessage());
        }
      }
    }
    return unreadable;
  }

  private TypedArray page(String path, int first, int count) {
    Key key = new Key(path, first);
    TypedArray page = kept.get(key);
    if (page == null) {
      page = store.rows(path, first, count);
      seen.computeIfAbsent(path, unseen -> new BitSet()).set(first / store.pageRows(path));
      keep(key, page);
    }
    return page;
  }

  private void keep(Key key, TypedArray page) {
    kept.put(key, page);
    keptBytes += bytes(page);
    Iterator<TypedArray> oldest = kept.values().iterator();
    while (keptBytes > budget && oldest.hasNext()) {
      keptBytes -= bytes(oldest.next());
      oldest.remove();
    }
  }

  private static long bytes(TypedArray page) {
    return (long) page.size() * page.type().bytes();
  }
}
