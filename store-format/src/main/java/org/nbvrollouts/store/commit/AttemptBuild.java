package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.StoreInspection.InspectedStore;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.manifest.StoreFile;
import org.nbvrollouts.store.manifest.StoreSeal;

/** S3 to S5 of one attempt: generate, read back and check, seal. */
final class AttemptBuild {
  private static final String MANIFEST = "manifest.json";
  private static final int SHOWN_PROBLEMS = 10;

  private final ShardCommitter services;
  private final RolloutShardEntry entry;
  private final ShardAttempt attempt;
  private final AttemptFiles files;
  private final Map<String, Long> timingsMs = new LinkedHashMap<>();
  private List<SourceOutcome> outcomes = List.of();
  private List<StoreFile> sealed = List.of();
  private InspectedStore inspected;
  private String rolloutManifestSha256 = "";

  AttemptBuild(
      ShardCommitter services, RolloutShardEntry entry, ShardAttempt attempt, AttemptFiles files) {
    this.services = services;
    this.entry = entry;
    this.attempt = attempt;
    this.files = files;
  }

  List<SourceOutcome> outcomes() {
    return outcomes;
  }

  Map<String, Long> timingsMs() {
    return timingsMs;
  }

  void generate(ShardBuilder builder) throws Exception {
    long start = services.clock().nanoTime();
    BuiltShard built = builder.build(files.store());
    timingsMs.putAll(built.timingsMs());
    timingsMs.put("build", millisSince(start));
    outcomes = built.sourceOutcomes();
    if (outcomes.size() != entry.numRows()) {
      throw new ShardBuildException(
          FailureKind.INTERNAL_ERROR,
          "Cannot seal shard: the builder reported %d source rows (shard=%s, expected=%d)"
              .formatted(outcomes.size(), entry.shardId(), entry.numRows()));
    }
  }

  /**
   * Validates and seals the bytes as they are on the storage, reading them once: the seal holds the
   * hashes of the bytes that were judged. A file that changes afterwards fails its seal at every
   * later check.
   */
  void inspect() throws IOException {
    long validation = services.clock().nanoTime();
    inspected = services.inspection().inspect(files.store());
    timingsMs.put("validate", millisSince(validation));
    long start = services.clock().nanoTime();
    sealed = new StoreFiles(services.io()).seal(files.store(), inspected.filesRead());
    timingsMs.put("seal", millisSince(start));
    if (!inspected.problems().isEmpty()) {
      List<String> problems = inspected.problems();
      throw invalid(
          "it breaks %d rule(s): %s"
              .formatted(
                  problems.size(),
                  String.join(
                      "; ", problems.subList(0, Math.min(SHOWN_PROBLEMS, problems.size())))));
    }
    checkManifest();
    if (inspected.counts().rollouts() == 0
        && services.policy().emptyShards() == CommitPolicy.EmptyShards.REFUSED) {
      throw new ShardBuildException(
          FailureKind.NO_RECORDS,
          "Cannot commit shard: no source row gave a rollout (shard=%s, outcomes=%s);"
                  .formatted(entry.shardId(), reasons())
              + " set allow_empty_shards = true to keep such shards");
    }
  }

  /**
   * Makes the store durable and writes the owner sidecar, its last file, which is durable when it
   * is acknowledged as every single file is.
   */
  OwnerSidecar seal() throws IOException {
    long start = services.clock().nanoTime();
    services.publisher().makeDurable(files.store());
    timingsMs.put("force", millisSince(start));
    List<SourceOutcome> withSeals =
        outcomes.stream()
            .map(
                outcome ->
                    outcome.withRowDataSha256(
                        inspected.rowDataSha256().getOrDefault(outcome.order(), "")))
            .toList();
    OwnerSidecar owner =
        new OwnerSidecar(
            entry,
            files.origin(),
            StoreSeal.of(sealed, inspected.dataSha256(), rolloutManifestSha256),
            inspected.counts(),
            attempt.runtime(),
            withSeals,
            timingsMs);
    services.io().write(files.store().child(OwnerSidecar.FILE_NAME), owner.toBytes());
    return owner;
  }

  private void checkManifest() throws IOException {
    var file = files.store().child(MANIFEST);
    byte[] bytes =
        services
            .io()
            .read(file)
            .orElseThrow(() -> invalid("it has no manifest (file=" + file + ")"));
    try {
      Object json = JsonParser.parseWithNonFinite(bytes, file.text());
      rolloutManifestSha256 = CanonicalJson.manifestSha256(json);
      if (!entry.isEntry(ShardCheck.embeddedEntry(json))) {
        throw invalid("its manifest embeds another entry (file=" + file + ")");
      }
    } catch (InvalidContentException e) {
      throw new ShardBuildException(FailureKind.VALIDATION_FAILED, e.getMessage(), e);
    }
  }

  private ShardBuildException invalid(String reason) {
    return new ShardBuildException(
        FailureKind.VALIDATION_FAILED,
        "Cannot commit shard: the written store is invalid, %s (shard=%s, attempt=%s)"
            .formatted(reason, entry.shardId(), attempt.attemptId()));
  }

  private List<String> reasons() {
    return outcomes.stream().map(SourceOutcome::reason).toList();
  }

  private long millisSince(long startNanos) {
    return (services.clock().nanoTime() - startNanos) / 1_000_000;
  }
}
