package org.nbvrollouts.store.status;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.StorageSize;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * What is known about one planned shard (specification campaign 8).
 *
 * @param place where it is
 * @param failedMarkers paths of all failure markers with its id, sorted
 * @param staleFailedMarkers those among them that another plan left, or that cannot be read
 * @param errors text for people, empty unless the shard is incomplete
 * @param findings reasons and warnings
 * @param committed what the owner sidecar of a committed shard says; nothing otherwise
 * @param divergentReports paths of divergence reports, sorted
 */
public record RolloutShardStatus(
    String shardId,
    String split,
    ShardState state,
    int numSourceRows,
    Place place,
    List<String> failedMarkers,
    List<String> staleFailedMarkers,
    List<String> errors,
    List<ShardFinding> findings,
    AttemptCounts attempts,
    Committed committed,
    List<String> divergentReports)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Paths of a shard.
   *
   * @param storePath the committed store relative to the final directory; {@code .} if nothing is
   *     committed
   */
  public record Place(String finalDir, String successPath, String ownerPath, String storePath)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Place of(String finalDir, String storePath) {
      String store =
          storePath.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)
              ? finalDir
              : finalDir + "/" + storePath;
      return new Place(
          finalDir,
          finalDir + "/" + SuccessSidecar.FILE_NAME,
          store + "/" + OwnerSidecar.FILE_NAME,
          storePath);
    }
  }

  /**
   * Values of the owner sidecar.
   *
   * @param attemptId empty if nothing is committed
   */
  public record Committed(
      String attemptId,
      String ownerSha256,
      String dataSha256,
      ShardCounts counts,
      StorageSize storage,
      Map<String, Long> timingsMs)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is committed. */
    public static final Committed NOTHING =
        new Committed("", "", "", ShardCounts.NONE, StorageSize.NONE, Map.of());

    public Committed {
      timingsMs = Map.copyOf(timingsMs);
    }
  }

  public RolloutShardStatus {
    failedMarkers = List.copyOf(failedMarkers);
    staleFailedMarkers = List.copyOf(staleFailedMarkers);
    errors = List.copyOf(errors);
    findings = List.copyOf(findings);
    divergentReports = List.copyOf(divergentReports);
  }

  /** Whether the shard is committed and verifies. */
  public boolean isDone() {
    return state == ShardState.SUCCEEDED;
  }

  /** Whether the shard was found with this reason. */
  public boolean has(ShardReason reason) {
    return findings.stream().anyMatch(finding -> finding.reason() == reason);
  }

  /** The keys of the first form of the report. */
  public Map<String, Object> toReferenceJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shard_id", shardId);
    json.put("split", split);
    json.put("status", state.text());
    json.put("num_source_rows", numSourceRows);
    json.put("final_dir", place.finalDir());
    json.put("success_path", place.successPath());
    json.put("owner_path", place.ownerPath());
    json.put("failed_markers", failedMarkers);
    json.put("errors", errors);
    return json;
  }

  /** All keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(toReferenceJson());
    json.put("reasons", findings.stream().map(finding -> finding.reason().text()).toList());
    json.put("reason_details", findings.stream().map(ShardFinding::detail).toList());
    json.put("attempts", attempts.toJson());
    json.put("stale_failed_markers", staleFailedMarkers);
    json.put("store_path", place.storePath());
    json.put("attempt_id", committed.attemptId());
    json.put("owner_sha256", committed.ownerSha256());
    json.put("data_sha256", committed.dataSha256());
    json.put("counts", committed.counts().toJson());
    json.put("storage", committed.storage().toJson());
    json.put("timings_ms", committed.timingsMs());
    json.put("divergent_reports", divergentReports);
    return json;
  }
}
