package org.nbvrollouts.jobs.summary;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.manifest.StorageSize;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecarParser;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * What the committed shards of a campaign hold together.
 *
 * @param shards committed shards
 * @param sourceRows source rows of these shards, with or without rollouts
 * @param rowsWithoutRollouts rows that gave none, by reason
 * @param skips skipped targets and recipes by reason
 * @param content what the stores hold
 * @param storage their size
 * @param timingsMs milliseconds by stage, over all attempts that were committed
 */
public record CampaignSummary(
    int shards,
    long sourceRows,
    Map<String, Long> rowsWithoutRollouts,
    Map<String, Long> skips,
    StoreSummary content,
    StorageSize storage,
    Map<String, Long> timingsMs) {

  /** No shard at all. */
  public static final CampaignSummary EMPTY =
      new CampaignSummary(0, 0, Map.of(), Map.of(), StoreSummary.EMPTY, StorageSize.NONE, Map.of());

  public CampaignSummary {
    rowsWithoutRollouts = Collections.unmodifiableMap(new TreeMap<>(rowsWithoutRollouts));
    skips = Collections.unmodifiableMap(new TreeMap<>(skips));
    timingsMs = Collections.unmodifiableMap(new TreeMap<>(timingsMs));
  }

  /** Reads the committed shards among these ids; others are left out. */
  public static CampaignSummary of(StoreIO io, StoreLocation finalRoot, List<String> shardIds) {
    CampaignSummary sum = EMPTY;
    for (String shardId : shardIds) {
      Optional<CampaignSummary> shard = ofShard(io, finalRoot.child(shardId));
      sum = shard.map(sum::plus).orElse(sum);
    }
    return sum;
  }

  private static Optional<CampaignSummary> ofShard(StoreIO io, StoreLocation shard) {
    Optional<SuccessSidecar> marker =
        json(io, shard.child(SuccessSidecar.FILE_NAME))
            .map(file -> SuccessSidecarParser.parse(file, shard.text()));
    if (marker.isEmpty()) {
      return Optional.empty();
    }
    String path = marker.get().storePath();
    StoreLocation store =
        path.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY) ? shard : shard.child(path);
    OwnerSidecar owner =
        json(io, store.child(OwnerSidecar.FILE_NAME))
            .map(file -> OwnerSidecarParser.parse(file, store.text()))
            .orElseThrow(
                () ->
                    new InvalidContentException(
                        "Cannot read shard: it has no owner sidecar (store=" + store + ")"));
    try (RolloutZarrStoreReader reader =
        RolloutZarrStoreReader.open(StoreLayout.filesAt(io, store))) {
      return Optional.of(of(owner, StoreSummary.of(reader)));
    }
  }

  private static CampaignSummary of(OwnerSidecar owner, StoreSummary content) {
    Map<String, Long> empty = new TreeMap<>();
    Map<String, Long> skips = new TreeMap<>();
    for (SourceOutcome outcome : owner.sourceOutcomes()) {
      outcome.skipCounters().forEach((reason, count) -> skips.merge(reason, count, Long::sum));
      if (outcome.rollouts() == 0) {
        empty.merge(outcome.reason(), 1L, Long::sum);
      }
    }
    return new CampaignSummary(
        1,
        owner.sourceOutcomes().size(),
        empty,
        skips,
        content,
        owner.seal().size(),
        owner.timingsMs());
  }

  @SuppressWarnings("unchecked")
  private static Optional<Map<String, Object>> json(StoreIO io, StoreLocation file) {
    try {
      return io.read(file).map(bytes -> (Map<String, Object>) JsonParser.parse(bytes, file.text()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read sidecar: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }

  private CampaignSummary plus(CampaignSummary other) {
    return new CampaignSummary(
        shards + other.shards,
        sourceRows + other.sourceRows,
        sum(rowsWithoutRollouts, other.rowsWithoutRollouts),
        sum(skips, other.skips),
        content.plus(other.content),
        storage.plus(other.storage),
        sum(timingsMs, other.timingsMs));
  }

  private static Map<String, Long> sum(Map<String, Long> left, Map<String, Long> right) {
    Map<String, Long> sum = new TreeMap<>(left);
    right.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }
}
