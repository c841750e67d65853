package org.nbvrollouts.store.audit;

import java.util.List;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * One table of a store that nobody has judged. Columns of another length, shape or kind of number
 * than the schema says are refused when they are opened.
 */
final class AuditTable {
  private final RolloutZarrStoreReader store;
  private final String group;
  private final int rows;

  private AuditTable(RolloutZarrStoreReader store, String group, int rows) {
    this.store = store;
    this.group = group;
    this.rows = rows;
  }

  /**
   * A table with as many rows as one of its columns.
   *
   * @param counted name of that column, which the store must have
   */
  static AuditTable of(RolloutZarrStoreReader store, String group, String counted) {
    List<Long> shape = store.shape(group + "/" + counted);
    long rows = shape.isEmpty() ? 0 : shape.get(0);
    if (rows > Integer.MAX_VALUE) {
      throw new InvalidContentException(
          "Cannot read table: it has more rows than a store holds (rows=%d, array=%s/%s, store=%s)"
              .formatted(rows, group, counted, store.location()));
    }
    AuditTable table = new AuditTable(store, group, (int) rows);
    table.column(counted);
    return table;
  }

  int rows() {
    return rows;
  }

  /** A table beside this one, with a row for each of its rows. */
  AuditTable beside(String other) {
    return new AuditTable(store, other, rows);
  }

  /**
   * A column that the view cannot do without.
   *
   * @throws InvalidContentException if it is missing or has another form
   */
  AuditColumn column(String name) {
    String path = group + "/" + name;
    ArraySpec spec = StoreSchema.current().array(path).orElseThrow();
    List<Long> shape = store.shape(path);
    ElementType type = store.elementType(path);
    boolean sameForm = type.isFloat() == spec.type().isFloat() && sameAxes(spec, shape);
    if (!sameForm || shape.get(0) != rows) {
      throw new InvalidContentException(
          "Cannot read table: a column does not fit (expected=%s with %d rows, actual=%s of shape %s, array=%s, store=%s). Ask info --validate for everything that is wrong"
              .formatted(
                  spec.type().zarrName(), rows, type.zarrName(), shape, path, store.location()));
    }
    store.requirePlausibleSize(List.of(path));
    return new AuditColumn(store, path, true, rows);
  }

  /** A column that may be missing; it is {@code null} everywhere then. */
  AuditColumn optional(String name) {
    return store.hasArray(group + "/" + name)
        ? column(name)
        : new AuditColumn(store, group + "/" + name, false, rows);
  }

  private static boolean sameAxes(ArraySpec spec, List<Long> shape) {
    if (shape.size() != spec.shape().size()) {
      return false;
    }
    for (int axis = 1; axis < shape.size(); axis++) {
      int length = spec.shape().get(axis).fixedLength();
      if (length >= 0 && shape.get(axis) != length) {
        return false;
      }
    }
    return true;
  }
}
