package org.nbvrollouts.store.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * A store as views read it: its tables, and the texts behind ids. Ids without a text read {@code
 * ""}, and so does every id of a dictionary that cannot be read. Not thread-safe.
 */
final class AuditStore {
  private final RolloutZarrStoreReader reader;
  private final Map<String, List<String>> dictionaries = new HashMap<>();
  private MixtureNames mixture;

  private AuditStore(RolloutZarrStoreReader reader) {
    this.reader = reader;
  }

  /**
   * Opens a store for a view.
   *
   * @throws InvalidContentException if it is no rollout store of the schema this program knows
   */
  static AuditStore of(RolloutZarrStoreReader reader) {
    reader.requireCurrentSchema("audit");
    return new AuditStore(reader);
  }

  RolloutZarrStoreReader reader() {
    return reader;
  }

  /** A table by its key column, which the store must have. */
  AuditTable table(String group) {
    return AuditTable.of(reader, group, StoreSchema.current().key(group).name());
  }

  /** True if the store has the key column of a table. */
  boolean hasTable(String group) {
    return reader.hasArray(StoreSchema.current().key(group).path());
  }

  /** Entry of a dictionary; {@code ""} for {@code null} and for ids without one. */
  String text(String dictionary, Long id) {
    List<String> texts = dictionaries.computeIfAbsent(dictionary, this::readDictionary);
    return id == null || id < 0 || id >= texts.size() ? "" : texts.get(id.intValue());
  }

  private List<String> readDictionary(String name) {
    try {
      return reader.dictionary(name);
    } catch (InvalidContentException e) {
      // A view shows what can be read; info --validate says what is wrong with the dictionary.
      return List.of();
    }
  }

  /** Name of a component of the candidate mixture (specification store 3.5). */
  String mixtureName(Long id) {
    if (mixture == null) {
      mixture = MixtureNames.of(reader);
    }
    return mixture.name(id == null ? -1 : id);
  }
}
