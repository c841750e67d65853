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

  /** The part of the heap that indexes and chains of all tables together may take. */
  private static final int SHARE_OF_INDEXES = 2;

  private final RolloutZarrStoreReader store;
  private final long budget =
      Math.min(MOST_KEPT_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private final Map<Key, TypedArray> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Elements> columns = new HashMap<>();
  private final Map<String, Integer> tableRows = new HashMap<>();
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
    if (!shape.isEmpty()) {
      requireIndexed(path, shape.get(0));
    }
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

  /** Refuses tables with so many rows that what is kept of each would not fit in memory. */
  private void requireIndexed(String path, int rows) {
    String table = path.substring(0, Math.max(0, path.indexOf('/')));
    tableRows.merge(table, rows, Math::max);
    long bytes = 0;
    for (Map.Entry<String, Integer> counted : tableRows.entrySet()) {
      bytes += (long) counted.getValue() * bytesOfRow(counted.getKey());
    }
    requireMemory(path, rows, bytes);
  }

  /** What judging keeps of a row at most, ids being anything: places in indexes and in chains. */
  private static int bytesOfRow(String table) {
    return switch (table) {
      case "q_h" -> 0; // Compared row by row with what the other tables imply.
      case "candidates", "candidate_diagnostics" -> 64;
      default -> 256;
    };
  }

  /**
   * Refuses work that would not fit in memory.
   *
   * @param bytes what is kept until the work is done
   * @throws InvalidContentException if it is more than half of the heap
   */
  static void requireMemory(String path, int rows, long bytes) {
    long most = Runtime.getRuntime().maxMemory() / SHARE_OF_INDEXES;
    if (bytes > most) {
      throw new InvalidContentException(
          "Cannot read array: %d rows would take %d MiB (array=%s, expected at most %d MiB with this heap)"
                  .formatted(rows, bytes >> 20, path, most >> 20)
              + "; give more memory if there are so many");
    }
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
