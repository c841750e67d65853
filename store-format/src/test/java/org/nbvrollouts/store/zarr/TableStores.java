package org.nbvrollouts.store.zarr;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.StoreDescription;

/** Stores of tables that are in memory as a whole. */
public final class TableStores {
  private TableStores() {}

  /**
   * Writes tables into an empty place; the manifest comes last.
   *
   * @param files where the store goes
   */
  public static void write(StoreFiles files, RolloutTables tables) {
    StoreDescription description = tables.description();
    try (Scratch scratch = new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
        Encoders encoders = new Encoders()) {
      Map<String, ArrayWriter> arrays = new LinkedHashMap<>();
      for (ArraySpec spec : StoreSchema.current().arrays()) {
        ArrayRows rows = tables.arrays().get(spec.path());
        List<Integer> rowShape = rows.shape().subList(1, rows.shape().size());
        ArrayWriter array =
            new ArrayWriter(encoders, scratch, spec, rowShape, description.config());
        arrays.put(spec.path(), array);
        array.append(rows);
        array.end();
      }
      for (ArrayWriter array : arrays.values()) {
        array.finish();
      }
      StoreDocuments.write(files, description, arrays, encoders);
    } catch (InterruptedException e) {
      throw new AssertionError("Cannot write store: interrupted", e);
    }
  }
}
