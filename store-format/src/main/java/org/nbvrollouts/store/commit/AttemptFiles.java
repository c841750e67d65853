package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.AttemptOrigin;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.FailureSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SidecarIdentity;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.manifest.StartedSidecar;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The small files of one attempt and its private folder. None of them decides anything. */
final class AttemptFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptFiles.class);

  private final ShardCommitter services;
  private final RolloutShardEntry entry;
  private final ShardAttempt attempt;
  private final StoreLocation attempts;

  AttemptFiles(ShardCommitter services, RolloutShardEntry entry, ShardAttempt attempt) {
    this.services = services;
    this.entry = entry;
    this.attempt = attempt;
    this.attempts = services.publisher().attemptsOf(services.layout(), entry.shardId());
  }

  StoreLocation folder() {
    return attempts.child(attempt.attemptId());
  }

  StoreLocation store() {
    return folder().child(CampaignLayout.STORE_NAME);
  }

  AttemptOrigin origin() {
    return new AttemptOrigin(
        attempt.campaignId(),
        attempt.attemptId(),
        store().text(),
        services.layout().finalDirectory(entry.shardId()).text());
  }

  /**
   * The owner sidecar of a store that an attempt sealed.
   *
   * @throws AttemptStoppedException if it is not what the attempt wrote
   */
  OwnerSidecar readSealed(RolloutShardRunResult.Sealed sealed)
      throws IOException, AttemptStoppedException {
    StoreLocation file = store().child(OwnerSidecar.FILE_NAME);
    Optional<byte[]> bytes = services.io().read(file);
    if (bytes.isEmpty() || !CanonicalJson.sha256Hex(bytes.get()).equals(sealed.ownerSha256())) {
      throw new AttemptStoppedException(
          AttemptOutcome.FAILED,
          FailureKind.STORAGE_ERROR,
          "Cannot commit shard: its sealed store is gone or changed (shard=%s, attempt=%s, owner=%s)"
              .formatted(entry.shardId(), attempt.attemptId(), file),
          List.of());
    }
    return OwnerSidecarParser.parse(JsonParser.parseObject(bytes.get(), file.text()), file.text());
  }

  void writeStarted() throws IOException {
    StartedSidecar started =
        new StartedSidecar(
            attempt.campaignId(),
            entry.shardId(),
            attempt.attemptId(),
            attempt.place().host(),
            attempt.place().executorId(),
            UtcStamps.text(services.clock().now()),
            attempt.deadline().toMillis());
    services.io().write(folder().child(StartedSidecar.FILE_NAME), started.toBytes());
  }

  /** Earlier attempts that started and left no outcome: they were killed, or still run. */
  List<String> vanishedAttempts() throws IOException {
    List<String> vanished = new ArrayList<>();
    for (StoreEntry child : services.io().list(attempts).entries()) {
      String id = child.name();
      if (ShardAttempt.isAttemptId(id)
          && !id.equals(attempt.attemptId())
          && services.io().list(attempts.child(id)).contains(StartedSidecar.FILE_NAME)) {
        vanished.add(id);
      }
    }
    if (vanished.size() >= services.policy().maxCrashes()) {
      // Listing the final root is the expensive part, so it waits until the answer can matter.
      StoreListing root = services.io().list(services.layout().finalRoot());
      vanished.removeIf(id -> hasFailureMarker(root, id));
    }
    return vanished;
  }

  /** Writes the failure marker of this attempt; a failure to do so is attached to the cause. */
  void writeFailure(
      FailureDetail detail,
      Map<String, String> observed,
      List<SourceOutcome> outcomes,
      Map<String, Long> timingsMs,
      Throwable cause) {
    FailureSidecar failure =
        new FailureSidecar(
            SidecarIdentity.of(entry),
            origin(),
            detail,
            attempt.runtime(),
            observed,
            outcomes,
            timingsMs);
    StoreLocation file =
        services.layout().finalRoot().child(failure.fileName(services.clock().now()));
    try {
      services.io().write(file, failure.toBytes());
    } catch (IOException | IllegalArgumentException e) {
      cause.addSuppressed(e);
      LOG.warn("Cannot write failure marker: {} (file={})", e.toString(), file);
    }
  }

  /** Reports that this attempt and the committed one differ, with both seals. */
  void writeDivergent(OwnerSidecar ours, OwnerSidecar winner) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sidecar_kind", "rollout_shard_divergent");
    json.put("shard_id", entry.shardId());
    json.put("campaign_id", attempt.campaignId());
    json.put("attempt_id", attempt.attemptId());
    json.put("attempt_data_sha256", ours.seal().dataSha256());
    json.put("attempt_files_sha256", ours.seal().filesSha256());
    json.put("attempt_runtime", ours.runtime());
    json.put("attempt_rows", rowSeals(ours));
    json.put("committed_attempt_id", winner.origin().attemptId());
    json.put("committed_data_sha256", winner.seal().dataSha256());
    json.put("committed_files_sha256", winner.seal().filesSha256());
    json.put("committed_runtime", winner.runtime());
    json.put("committed_rows", rowSeals(winner));
    StoreLocation file = services.layout().divergentReport(entry.shardId(), attempt.attemptId());
    try {
      services.io().write(file, CanonicalJson.pretty(json).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Cannot write divergence report: {} (file={})", e.toString(), file);
    }
  }

  /** Removes the private folder of this attempt, which nothing refers to. */
  void removeFolder() {
    removeAttempt(attempt.attemptId());
  }

  /** Removes what a committed attempt no longer needs. */
  void removeScratchOf(String attemptId) {
    StoreLocation scratch = services.publisher().scratchOf(attempts.child(attemptId));
    if (scratch.equals(attempts.child(attemptId))) {
      removeAttempt(attemptId);
    } else {
      remove(scratch);
    }
  }

  private void removeAttempt(String attemptId) {
    if (remove(attempts.child(attemptId))) {
      try {
        services.publisher().prune(services.io(), services.layout(), entry.shardId());
      } catch (IOException e) {
        LOG.warn("Cannot remove empty folder: {} (folder={})", e.toString(), attempts);
      }
    }
  }

  private boolean remove(StoreLocation location) {
    try {
      services.io().delete(location);
      return true;
    } catch (IOException e) {
      LOG.warn("Cannot remove private files: {} (location={})", e.toString(), location);
      return false;
    }
  }

  private boolean hasFailureMarker(StoreListing root, String attemptId) {
    return root.entries().stream()
        .anyMatch(
            child ->
                child.name().startsWith(FailureSidecar.namePrefix(entry.shardId()))
                    && child.name().endsWith("." + attemptId + ".json"));
  }

  private static List<Object> rowSeals(OwnerSidecar owner) {
    return owner.sourceOutcomes().stream().<Object>map(SourceOutcome::rowDataSha256).toList();
  }
}
