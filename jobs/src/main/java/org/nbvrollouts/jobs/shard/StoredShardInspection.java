package org.nbvrollouts.jobs.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nbvrollouts.store.check.Finding;
import org.nbvrollouts.store.check.HashedFiles;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.io.TreeTransfer;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreFiles;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Judges a store by every check and strict extra and seals its content, on the bytes that are
 * stored (specification campaign 7.3). Thread-safe.
 */
public final class StoredShardInspection implements StoreInspection {
  /** Validator and seal ask for the same arrays; those of most shards fit and are decoded once. */
  private static final long REMEMBERED_BYTES = 64L << 20;

  private final StoreIO io;

  /**
   * @param io serves the stores to inspect
   */
  public StoredShardInspection(StoreIO io) {
    this.io = io;
  }

  /** For stores on local disks. */
  public static StoredShardInspection local() {
    return new StoredShardInspection(new LocalStoreIO(Durability.BUFFERED));
  }

  /** A store of remote storage is copied to the local disk, and what was copied is judged. */
  @Override
  public InspectedStore inspect(StoreLocation store) throws IOException {
    if (store.isLocal()) {
      return inspect(store.localPath());
    }
    try (ScratchFolder scratch = ScratchFolder.create()) {
      TreeTransfer.download(io, store, scratch.path());
      return inspect(scratch.path());
    }
  }

  private static InspectedStore inspect(Path store) {
    HashedFiles folder = new HashedFiles(StoreFiles.local(store));
    try (RolloutZarrStoreReader reader =
        RolloutZarrStoreReader.openRemembering(judged(folder, store), REMEMBERED_BYTES)) {
      RolloutZarrValidationResult verdict = RolloutZarrValidator.validateRolloutZarrStore(reader);
      ShardCounts counts =
          new ShardCounts(verdict.numRollouts(), verdict.numSteps(), verdict.numCandidates());
      if (!verdict.isStrictlyOk()) {
        return new InspectedStore(problems(verdict), counts, "", Map.of(), folder.hashed());
      }
      StoreSeals seals = StoreSeals.of(reader);
      return new InspectedStore(
          List.of(), counts, seals.dataSha256(), rowSeals(reader, seals), folder.hashed());
    } catch (InvalidContentException e) {
      return new InspectedStore(
          List.of(e.getMessage()), ShardCounts.NONE, "", Map.of(), folder.hashed());
    }
  }

  /** The files to judge: those of the folder, or members of an archive that is hashed before. */
  private static StoreFiles judged(HashedFiles folder, Path path) {
    if (StoreLayout.inFolder(path) == StoreLayout.DIRECTORY) {
      return folder;
    }
    folder.hash(StoreLayout.ARCHIVE_NAME);
    return StoreLayout.filesAt(path);
  }

  private static List<String> problems(RolloutZarrValidationResult verdict) {
    return Stream.concat(verdict.findings().stream(), verdict.strictFindings().stream())
        .map(Finding::toString)
        .toList();
  }

  /** Seals by position of the row in the shard entry; rows without rollouts have none. */
  private static Map<Integer, String> rowSeals(RolloutZarrStoreReader reader, StoreSeals seals) {
    long[] rowIds = reader.longs("sources/source_row_id");
    long[] sampleIndices = reader.longs("sources/sample_index");
    List<Long> entry = sampleIndicesOfEntry(reader);
    Map<Integer, String> byOrder = new HashMap<>();
    for (int i = 0; i < rowIds.length; i++) {
      int order = entry.indexOf(sampleIndices[i]);
      if (order >= 0) {
        byOrder.put(order, seals.rowDataSha256().get(rowIds[i]));
      }
    }
    return byOrder;
  }

  private static List<Long> sampleIndicesOfEntry(RolloutZarrStoreReader reader) {
    List<Long> indices = new ArrayList<>();
    Object value = reader.manifest();
    for (String key : List.of("manifest", "generation", "shard", "rows")) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    if (value instanceof List<?> rows) {
      for (Object row : rows) {
        Object index = row instanceof Map<?, ?> map ? map.get("sample_index") : null;
        indices.add(index instanceof Number number ? number.longValue() : -1L);
      }
    }
    return indices;
  }
}
