package org.nbvrollouts.store.audit;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Numbers of a store of any schema version; null where it lacks the array. */
final class StoreFacts {
  private static final int MOST_LISTED = 4;

  private final RolloutZarrStoreReader store;

  StoreFacts(RolloutZarrStoreReader store) {
    this.store = store;
  }

  /** Rows of a table, by its key. */
  Long rows(String table) {
    return rowsOf(StoreSchema.current().key(table).path());
  }

  private Long rowsOf(String path) {
    if (!store.hasArray(path)) {
      return null;
    }
    List<Long> shape = store.shape(path);
    return shape.isEmpty() ? null : shape.get(0);
  }

  /** A column read page by page, whatever else its table has; null if there is none. */
  private AuditColumn column(String path) {
    if (!store.hasArray(path)) {
      return null;
    }
    store.requirePlausibleSize(List.of(path));
    return new AuditColumn(store, path, true, Math.toIntExact(rowsOf(path)));
  }

  /** Candidates for which a mask is true. */
  Long count(String mask) {
    AuditColumn column = column("candidates/" + mask);
    return column == null ? null : (Long) column.countTrue();
  }

  /** Share of candidates for which a mask is true; null if there are none. */
  Double fraction(String mask) {
    Long count = count(mask);
    Long rows = rowsOf("candidates/" + mask);
    return count == null || rows == 0 ? null : (Double) ((double) count / rows);
  }

  /** Names of the policies of rollouts, by ascending id. */
  String policies() {
    SortedSet<Long> ids = distinct("rollouts/policy_id");
    if (ids.isEmpty()) {
      return "";
    }
    List<String> names = store.dictionary("policy");
    return ids.stream()
        .filter(id -> id >= 0 && id < names.size())
        .map(id -> names.get(id.intValue()))
        .collect(Collectors.joining(", "));
  }

  /** Values of a column of rollouts that are set, or their range if they are many. */
  String values(String name) {
    SortedSet<Long> values = distinct("rollouts/" + name);
    values.removeIf(value -> value < 0);
    return values.size() <= MOST_LISTED
        ? values.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : "%d..%d (%d values)".formatted(values.first(), values.last(), values.size());
  }

  private SortedSet<Long> distinct(String path) {
    SortedSet<Long> values = new TreeSet<>();
    AuditColumn column = column(path);
    long rows = column == null ? 0 : rowsOf(path);
    for (int row = 0; row < rows; row++) {
      values.add(column.longAt(row));
    }
    return values;
  }
}
