package org.nbvrollouts.store.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

/** Makes stores column by column, also such as the writer would refuse. Starts without rows. */
public final class TableStoreEditor {
  private final MemoryStoreFiles files = new MemoryStoreFiles();
  private final StoreEditor editor;

  public TableStoreEditor() {
    TableStores.write(
        files, RolloutTables.of(List.of(), RandomRollouts.config(), WorkedExample.context()));
    editor = new StoreEditor(files);
  }

  /** For further changes. */
  public StoreEditor editor() {
    return editor;
  }

  public MemoryStoreFiles files() {
    return files;
  }

  public RolloutZarrStoreReader reader() {
    return RolloutZarrStoreReader.open(files);
  }

  /** Replaces a table: columns that are not given hold what stands for unset, or zero. */
  public TableStoreEditor table(String group, int rows, Map<String, double[]> columns) {
    Map<String, double[]> left = new HashMap<>(columns);
    for (ArraySpec spec : StoreSchema.current().arrays(group)) {
      if (!spec.isText()) {
        editor.replace(spec.path(), array(spec, rows, left.remove(spec.name())));
      }
    }
    if (!left.isEmpty()) {
      throw new AssertionError("No such column in " + group + ": " + left.keySet());
    }
    return this;
  }

  private TypedArray array(ArraySpec spec, int rows, double[] values) {
    TypedArray old = editor.array(spec.path());
    int[] rowShape = old.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    TypedArrayBuilder built = new TypedArrayBuilder(spec.type(), rowShape);
    double unset = spec.missing().map(ArraySpec.Missing::value).orElse(0.0);
    int size = rows * old.rowSize();
    if (values != null && values.length != size) {
      throw new AssertionError(spec.path() + ": " + values.length + " values for " + size);
    }
    for (int i = 0; i < size; i++) {
      add(built, spec.type(), values == null ? unset : values[i]);
    }
    return built.build(rows);
  }

  private static void add(TypedArrayBuilder built, ElementType type, double value) {
    if (type.isFloat()) {
      built.add(value);
    } else {
      built.add((long) value);
    }
  }

  /** Replaces the entries of a dictionary. */
  public TableStoreEditor dictionary(String name, String... entries) {
    editor.strings("dictionaries/" + name, List.of(entries));
    return this;
  }
}
