package org.nbvrollouts.jobs.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.jobs.provenance.HostName;
import org.nbvrollouts.pipeline.rollout.WorkCounts;
import org.nbvrollouts.store.commit.AttemptOutcome;
import org.nbvrollouts.store.commit.BuiltShard;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CommitClock;
import org.nbvrollouts.store.commit.CommitPolicy;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.ShardCommitter;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.io.TreeTransfer;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.rollout.RolloutStoreInvocation;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs shards of one campaign in this process: configuration parsed once, source opened once,
 * meshes shared. Thread-safe.
 */
public final class ShardRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ShardRunner.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 3;

  /** Campaigns of this process that are kept ready; a process rarely works for more than one. */
  private static final LatestOnly<ShardRunRequest, ShardRunner> RUNNERS =
      new LatestOnly<>(ShardRunner::new);

  private final ShardRunRequest request;
  private final CampaignConfig config;
  private final StoreIO io;
  private final ShardCommitter committer;
  private final LatestOnly<Path, ShardSource> sources;
  private final AtomicReference<WorkCounts> work = new AtomicReference<>(WorkCounts.ZERO);

  private ShardRunner(ShardRunRequest request) {
    this(request, request.storage().open(request.finalRoot()));
  }

  /**
   * @param io serves the final root
   */
  ShardRunner(ShardRunRequest request, StoreIO io) {
    this.request = request;
    this.config = request.config().parse();
    SceneMeshCache meshes = new SceneMeshCache(config.run().meshCacheBytes());
    this.sources = new LatestOnly<>(directory -> ShardSource.open(directory, meshes));
    this.io = io;
    this.committer =
        new ShardCommitter(
            CampaignLayout.of(request.finalRoot()),
            io,
            CampaignStorage.publisher(request.finalRoot(), request.publish(), request.storage()),
            new StoredShardInspection(io),
            policy(),
            CommitClock.system());
  }

  /** Six random hex digits, which the attempts of one run have in common. */
  public static String newRunId() {
    return randomHex();
  }

  /** The runner of a request; the same one for every task of a campaign in this process. */
  public static ShardRunner of(ShardRunRequest request) {
    return RUNNERS.get(request);
  }

  /**
   * Runs one attempt. What goes wrong with the shard is a result.
   *
   * @param taskAttemptId number of the attempt, unique within a Spark application
   * @param executorId where it runs, for people
   * @param stopRequested asked between rows and stages
   */
  public RolloutShardRunResult run(
      RolloutShardEntry entry,
      long taskAttemptId,
      String executorId,
      BooleanSupplier stopRequested) {
    String attemptId = request.attemptId(taskAttemptId, randomHex());
    MDC.put("shard", entry.shardId());
    MDC.put("attempt", attemptId);
    try {
      LOG.info("Start: {} rows", entry.numRows());
      RolloutShardRunResult result = attempt(entry, attemptId, executorId, stopRequested);
      LOG.info("End: {}", result.outcome().text());
      return result;
    } finally {
      MDC.remove("shard");
      MDC.remove("attempt");
    }
  }

  /**
   * Commits what an attempt sealed; for the only driver of the campaign.
   *
   * @param sinceHandedOut from before the attempt started until now
   */
  public RolloutShardRunResult commit(
      RolloutShardEntry entry, RolloutShardRunResult.Sealed sealed, Duration sinceHandedOut) {
    ShardAttempt attempt = attempt(sealed.attemptId(), "driver", entry.inputs());
    return committer.commit(entry, attempt, sealed, sinceHandedOut);
  }

  /** Work behind all stores that this runner has written. */
  public WorkCounts work() {
    return work.get();
  }

  private RolloutShardRunResult attempt(
      RolloutShardEntry entry, String attemptId, String executorId, BooleanSupplier stop) {
    ShardSource source;
    try {
      source = sources.get(sourceOf(entry));
    } catch (NbvException unreadable) {
      return withoutSource(entry, attemptId, unreadable);
    }
    ShardAttempt attempt = attempt(attemptId, executorId, source.inputs(config.hashes().writer()));
    return committer.run(entry, attempt, store -> build(entry, source, store, stop), stop);
  }

  private ShardAttempt attempt(String attemptId, String executorId, ShardInputs observed) {
    Map<String, Object> runtime = new LinkedHashMap<>(BuildInfo.current().runtime());
    runtime.put("host", HostName.current());
    runtime.put("executor_id", executorId);
    return new ShardAttempt(
        attemptId,
        request.campaignId(),
        observed,
        new ShardAttempt.Place(HostName.current(), executorId),
        Duration.ofMillis(request.deadlineMs()),
        runtime);
  }

  private static RolloutShardRunResult withoutSource(
      RolloutShardEntry entry, String attemptId, NbvException failure) {
    boolean storage = failure instanceof EnvironmentException;
    return new RolloutShardRunResult.Unfinished(
        entry.shardId(),
        attemptId,
        storage ? AttemptOutcome.FAILED : AttemptOutcome.REFUSED,
        "",
        new FailureDetail(
            storage ? FailureKind.STORAGE_ERROR : FailureKind.SOURCE_DRIFT,
            "S0",
            failure.getClass().getName(),
            failure.getMessage()),
        List.of());
  }

  private BuiltShard build(
      RolloutShardEntry entry, ShardSource source, StoreLocation store, BooleanSupplier stop)
      throws InterruptedException, IOException {
    RolloutDatasetWriter writer = new RolloutDatasetWriter(config, source, stop);
    BuiltShard built =
        store.isLocal()
            ? writer.write(entry, store.localPath(), request.layout(), manifestContext(entry))
            : buildRemote(entry, writer, store);
    work.accumulateAndGet(writer.work(), WorkCounts::plus);
    return built;
  }

  /** Remote storage takes a finished store file by file; it is built on the local disk before. */
  private BuiltShard buildRemote(
      RolloutShardEntry entry, RolloutDatasetWriter writer, StoreLocation store)
      throws InterruptedException, IOException {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path directory = scratch.path().resolve(CampaignLayout.STORE_NAME);
      BuiltShard built = writer.write(entry, directory, request.layout(), manifestContext(entry));
      TreeTransfer.upload(directory, io, store);
      return built;
    }
  }

  private RolloutStoreManifestContext manifestContext(RolloutShardEntry entry) {
    byte[] toml = config.text().toml().getBytes(StandardCharsets.UTF_8);
    return new RolloutStoreManifestContext(
        committer.clock().now(),
        Optional.of(config.resolved()),
        new RolloutStoreInvocation(
            request.argv().isEmpty() ? "programmatic" : "cli",
            request.argv(),
            Optional.of(config.text().file()),
            Optional.of(CanonicalJson.sha256Hex(toml)),
            Optional.of(config.text().toml())),
        BuildInfo.current().runtime(),
        Optional.of(entry.toJson()));
  }

  private Path sourceOf(RolloutShardEntry entry) {
    return Path.of(request.source().isEmpty() ? entry.sourceStoreDir() : request.source());
  }

  private CommitPolicy policy() {
    CommitPolicy defaults = CommitPolicy.DEFAULT;
    return new CommitPolicy(
        request.verify(),
        request.rollForward() ? CommitPolicy.RollForward.ON : CommitPolicy.RollForward.OFF,
        config.writer().allowEmptyShards()
            ? CommitPolicy.EmptyShards.ALLOWED
            : CommitPolicy.EmptyShards.REFUSED,
        config.run().maxCrashes(),
        defaults.commitTries(),
        defaults.firstPause(),
        request.committedBy());
  }

  private static String randomHex() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
