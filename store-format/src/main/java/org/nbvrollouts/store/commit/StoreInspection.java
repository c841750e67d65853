package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StoreFile;

/** Full validation and logical seal of the bytes of a store. */
@FunctionalInterface
public interface StoreInspection {

  /** Reads the store back and checks it; content that breaks a rule is a problem, not an error. */
  InspectedStore inspect(StoreLocation store) throws IOException;

  /**
   * What a store holds.
   *
   * @param problems broken rules; empty if the store is valid
   * @param dataSha256 seal of the logical content (specification campaign 7.4)
   * @param rowDataSha256 seal of each source row's own data, by position of the row in the entry
   * @param filesRead files that were judged, with the hash of the bytes that were
   */
  record InspectedStore(
      List<String> problems,
      ShardCounts counts,
      String dataSha256,
      Map<Integer, String> rowDataSha256,
      List<StoreFile> filesRead) {
    public InspectedStore {
      problems = List.copyOf(problems);
      rowDataSha256 = Map.copyOf(rowDataSha256);
      filesRead = List.copyOf(filesRead);
    }
  }
}
