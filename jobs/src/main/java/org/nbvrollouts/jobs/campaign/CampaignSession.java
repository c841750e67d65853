package org.nbvrollouts.jobs.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.plan.CampaignHeaders;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.provenance.HostName;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.jobs.shard.StoreConfigs;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignLock;
import org.nbvrollouts.store.commit.CampaignRoot;
import org.nbvrollouts.store.commit.CommitPolicy;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.LocalPaths;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.status.RolloutShardStatus;

/**
 * One campaign as a driver sees it: its plan, its final root, and what is finished there.
 * Everything it says is read from storage.
 */
public final class CampaignSession {
  private final CampaignConfig config;
  private final ShardManifestFile plan;
  private final CampaignLayout layout;
  private final StorageSettings storage;
  private final StoreIO io;
  private final Clock clock;

  /**
   * @param finalRoot where shards are published
   * @param clock for stamps in reports
   */
  public CampaignSession(
      CampaignConfig config, Path manifestFile, StoreLocation finalRoot, Clock clock) {
    this(config, config.storage(), manifestFile, finalRoot, clock);
  }

  /**
   * @param storage of the campaign file and the flags together
   * @param finalRoot where shards are published
   * @param clock for stamps in reports
   */
  public CampaignSession(
      CampaignConfig config,
      StorageSettings storage,
      Path manifestFile,
      StoreLocation finalRoot,
      Clock clock) {
    this.config = config;
    this.storage = storage;
    this.plan = ShardManifestFile.open(manifestFile);
    if (plan.shards() == 0) {
      throw new RefusedInputException(
          "Cannot use plan: it has no shard (expected at least 1, file=" + manifestFile + ")");
    }
    this.layout = CampaignLayout.of(finalRoot);
    this.io = CampaignStorage.io(finalRoot, storage);
    this.clock = clock;
  }

  /** The plan. */
  public ShardManifestFile plan() {
    return plan;
  }

  /** The campaign of the manifest. */
  public CampaignHeader header() {
    return new CampaignHeaders(config, clock).find(plan, io, layout);
  }

  /**
   * Refuses to start what can only fail: another configuration than the plan's, or a final root of
   * somebody else. Writes nothing.
   */
  public void check(CampaignHeader header) {
    StoreConfigs.check(config);
    String planned = plan.first().orElseThrow().writerConfigHash();
    if (!planned.equals(config.hashes().writer())) {
      throw new RefusedInputException(
          "Cannot run plan: it was made with another configuration (expected="
              + planned
              + ", found="
              + config.hashes().writer()
              + ", plan="
              + plan.file()
              + ", config="
              + config.text().file()
              + "). Use that configuration, or plan again into a new final root");
    }
    root().check(header);
  }

  /**
   * Refuses a source that is gone or is another one than the plan's. Writes nothing.
   *
   * @param moved where the source is now; empty if it is where the plan says
   */
  public void checkSource(String moved) {
    String planned = plan.first().orElseThrow().sourceManifestHash();
    Set<String> directories = moved.isEmpty() ? plan.sourceDirs() : Set.of(moved);
    for (String directory : new TreeSet<>(directories)) {
      String found = RolloutSourceReader.findSourceManifestHash(Path.of(directory));
      if (!found.equals(planned)) {
        throw new RefusedInputException(
            "Cannot run plan: its source changed (expected="
                + planned
                + ", found="
                + found
                + ", source="
                + directory
                + ", plan="
                + plan.file()
                + "). Bring the old source back, or plan again into a new final root");
      }
      refuseRootWithin(Path.of(directory));
    }
  }

  /** A source stays as it was planned, so nothing is built into it. */
  private void refuseRootWithin(Path source) {
    if (!finalRoot().isLocal()) {
      return;
    }
    Path root = finalRoot().localPath().toAbsolutePath().normalize();
    try {
      if (LocalPaths.isWithin(root, source)) {
        throw new RefusedInputException(
            "Cannot run campaign: its final root lies in its source, which must not change"
                + " (final_root="
                + root
                + ", source="
                + source
                + "). Choose a folder elsewhere");
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read folder: %s (folder=%s)".formatted(StorageReason.of(e), root), e);
    }
  }

  /**
   * Checks the final root, proves that its storage keeps its promises, and leaves the plan there.
   */
  public void open(CampaignHeader header) {
    String probeId = UUID.randomUUID().toString();
    root().open(header, out -> PlanFiles.write(plan, out), probeId);
  }

  /**
   * What a process needs to run shards of this campaign.
   *
   * @param settings of the campaign file and the flags together
   * @param source folder of the source, or empty for the one each entry names
   * @param argv the command, for the store manifest
   */
  public ShardRunRequest request(
      CampaignHeader header, RunSettings settings, String source, List<String> argv) {
    return new ShardRunRequest(
        header.campaignId(),
        ShardRunner.newRunId(),
        config.text(),
        layout.finalRoot(),
        CampaignStorage.layout(layout.finalRoot(), storage),
        source,
        VerifyLevel.parse(settings.verify()),
        settings.rollForward(),
        settings.taskDeadlineMs(),
        argv,
        storage.publish(),
        storage.committedBy(),
        CampaignStorage.options(storage));
  }

  /**
   * Tells other drivers of this campaign that one more runs.
   *
   * @param warn gets a line for people for every other driver that lives
   */
  public CampaignLock lock(CampaignHeader header, Consumer<String> warn) {
    CampaignLock.Driver driver =
        new CampaignLock.Driver(
            header.campaignId(), UUID.randomUUID().toString(), HostName.current(), clock.instant());
    return new CampaignLock(io, layout, driver, clock, warn);
  }

  /**
   * Makes sure that no other driver runs this campaign, if this one alone is to commit; holds
   * nothing otherwise.
   *
   * @throws RefusedInputException if there is another one, or was a moment ago
   */
  public SoleDriver soleDriver() {
    if (storage.committedBy() != CommitPolicy.CommittedBy.DRIVER) {
      return SoleDriver.notNeeded();
    }
    SoleDriver sole = SoleDriver.of(plan.file());
    try {
      CampaignLock.runningDriver(io, layout, clock)
          .ifPresent(
              other -> {
                throw new RefusedInputException(
                    "Cannot run campaign with --commit driver: another driver runs it (%s). Stop"
                            .formatted(other)
                        + " it, or wait a minute if it was killed");
              });
    } catch (IOException e) {
      sole.release();
      throw new EnvironmentException(
          "Cannot read campaign lock: %s (final_root=%s)"
              .formatted(StorageReason.of(e), layout.finalRoot()),
          e);
    } catch (RefusedInputException e) {
      sole.release();
      throw e;
    }
    return sole;
  }

  /** Where shards are published. */
  public StoreLocation finalRoot() {
    return layout.finalRoot();
  }

  /** What the final root's storage is, how shards appear there, and how much space it has. */
  public String storageWords() {
    return CampaignStorage.words(layout.finalRoot(), storage);
  }

  /** Bytes that are free where stores go, if the storage can say. */
  public OptionalLong freeSpace() {
    return CampaignStorage.freeSpace(layout.finalRoot(), io);
  }

  /**
   * Shards to run, read from the plan while they run.
   *
   * @param count how many they are
   */
  public record Selection(Iterable<RolloutShardEntry> entries, int count) {}

  /** Entries with these ids, or all if there are none. */
  public Selection entries(Set<String> shardIds) {
    if (shardIds.isEmpty()) {
      return new Selection(plan.entries(), plan.shards());
    }
    List<RolloutShardEntry> chosen = shardIds.stream().sorted().map(plan::entry).toList();
    return new Selection(chosen, chosen.size());
  }

  /**
   * What is finished, read from the final root by a Spark job if this command was sent to Spark,
   * and by threads of this process otherwise.
   *
   * @param sink gets the shards in plan order, one by one
   */
  public CampaignStatus status(VerifyLevel level, Consumer<RolloutShardStatus> sink) {
    if (!CampaignSpark.isWorthwhile()) {
      return status(ScanEngine.ofThreads(), level, ScanRequest.Contents.LEFT_OUT, sink);
    }
    try (CampaignSpark spark = CampaignSpark.start("status", config.run().parallelism())) {
      return status(spark, level, ScanRequest.Contents.LEFT_OUT, sink);
    }
  }

  /**
   * What is finished, and what the finished shards hold together.
   *
   * @param spark runs the check
   * @param sink gets the shards in plan order, one by one
   */
  public CampaignStatus statusWithSummary(
      CampaignSpark spark, VerifyLevel level, Consumer<RolloutShardStatus> sink) {
    return status(spark, level, ScanRequest.Contents.SUMMED, sink);
  }

  private CampaignStatus status(
      ScanEngine engine,
      VerifyLevel level,
      ScanRequest.Contents contents,
      Consumer<RolloutShardStatus> sink) {
    return new CampaignStatusJob(CampaignStorage.options(storage), plan, layout, io, clock)
        .run(engine, level, contents, sink);
  }

  private CampaignRoot root() {
    return new CampaignRoot(
        layout, io, CampaignStorage.publisher(layout.finalRoot(), storage), storage.committedBy());
  }
}
