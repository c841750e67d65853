package org.nbvrollouts.store.table;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * A small store in memory: the 193 arrays, the attributes and the manifest that {@link
 * RolloutTableStream} makes of some records. An empty list gives tables of zero rows and full rank.
 */
public final class RolloutTables {
  private final Map<String, ArrayRows> arrays = new LinkedHashMap<>();
  private final StoreDescription description;

  private RolloutTables(
      List<RolloutZarrRecord> records,
      RolloutZarrStoreConfig config,
      RolloutStoreManifestContext context)
      throws InterruptedException {
    Gathering gathering = new Gathering();
    RolloutTableStream stream = new RolloutTableStream(config, gathering);
    for (RolloutZarrRecord record : records) {
      stream.append(record);
    }
    this.description = stream.finish(context);
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      arrays.put(spec.path(), gathering.arrays.get(spec.path()));
    }
  }

  /** Builds all arrays, attributes and the manifest. */
  public static RolloutTables of(
      List<RolloutZarrRecord> records,
      RolloutZarrStoreConfig config,
      RolloutStoreManifestContext context) {
    try {
      return new RolloutTables(records, config, context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building tables", e);
    }
  }

  /** Joins the rows of each array. */
  private static final class Gathering implements TableSink {
    private final Map<String, ArrayRows> arrays = new HashMap<>();

    @Override
    public void rows(ArraySpec spec, ArrayRows rows) {
      arrays.merge(spec.path(), rows, (first, second) -> join(whole(first), whole(second)));
    }

    private static TypedArray join(TypedArray first, TypedArray second) {
      int[] rowShape = first.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
      return new TypedArrayBuilder(first.type(), rowShape)
          .reserve(first.size() + (long) second.size())
          .addLittleEndian(first.littleEndian())
          .addLittleEndian(second.littleEndian())
          .build(first.rows() + second.rows());
    }

    @Override
    public KeptColumn keep(ArraySpec spec) {
      return new KeptColumn() {
        private TypedArray all = new TypedArrayBuilder(spec.type()).build(0);

        @Override
        public void append(TypedArray rows) {
          all = join(all, rows);
        }

        @Override
        public TypedArray rows(int first, int count) {
          return all.rows(first, count);
        }
      };
    }
  }

  /** What the store says of itself, with the options it was built with. */
  public StoreDescription description() {
    return description;
  }

  /** All 193 arrays by slash path, in creation order. */
  public Map<String, ArrayRows> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** One array as a whole. */
  public TypedArray array(String path) {
    return whole(arrays.get(path));
  }

  private static TypedArray whole(ArrayRows rows) {
    return rows.rows(0, rows.rows());
  }

  public StoreCounts counts() {
    return description.counts();
  }
}
