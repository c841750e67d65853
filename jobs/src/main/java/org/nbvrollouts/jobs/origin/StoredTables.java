package org.nbvrollouts.jobs.origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Tables of a store, each array read once and kept. Rasters are not for this class. */
final class StoredTables {
  private final RolloutZarrStoreReader reader;
  private final Map<String, TypedArray> arrays = new ConcurrentHashMap<>();

  StoredTables(RolloutZarrStoreReader reader) {
    this.reader = reader;
  }

  TypedArray array(String path) {
    return arrays.computeIfAbsent(path, reader::array);
  }

  /** Rows whose column holds a value, ascending. */
  List<StoredRow> rowsWhere(String table, String column, long value) {
    TypedArray array = array(table + "/" + column);
    List<StoredRow> rows = new ArrayList<>();
    for (int row = 0; row < array.rows(); row++) {
      if (array.longAt(row) == value) {
        rows.add(new StoredRow(this, table, row));
      }
    }
    return rows;
  }

  Optional<String> entry(String dictionary, long id) {
    List<String> entries = reader.dictionary(dictionary);
    return id < 0 || id >= entries.size() ? Optional.empty() : Optional.of(entries.get((int) id));
  }
}
