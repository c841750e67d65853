package org.nbvrollouts.jobs.campaign;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.RunSettings;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.plan.CampaignHeaders;
import org.nbvrollouts.jobs.plan.PlanFiles;
import org.nbvrollouts.jobs.provenance.HostName;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.StoreConfigs;
import org.nbvrollouts.jobs.shard.StoredShardInspection;
import org.nbvrollouts.jobs.summary.CampaignSummary;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignLock;
import org.nbvrollouts.store.commit.CampaignRoot;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.status.CampaignScan;
import org.nbvrollouts.store.status.RolloutShardCampaignStatus;
import org.nbvrollouts.store.status.RolloutShardStatus;
import org.nbvrollouts.store.status.ShardState;
import org.nbvrollouts.store.status.ShardStatusReader;

/**
 * One campaign as a driver sees it: its plan, its final root, and what is finished there.
 * Everything it says is read from storage.
 */
public final class CampaignSession {
  private final CampaignConfig config;
  private final ShardManifest manifest;
  private final Path manifestFile;
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
    this.manifestFile = manifestFile;
    this.manifest = PlanFiles.readManifest(manifestFile);
    if (manifest.entries().isEmpty()) {
      throw new RefusedInputException(
          "Cannot use plan: it has no shard (expected at least 1, file=" + manifestFile + ")");
    }
    this.layout = CampaignLayout.of(finalRoot);
    this.io = CampaignStorage.io(finalRoot, storage);
    this.clock = clock;
  }

  public ShardManifest manifest() {
    return manifest;
  }

  /** The campaign of the manifest. */
  public CampaignHeader header() {
    return new CampaignHeaders(config, clock).find(manifest, manifestFile, io, layout);
  }

  /**
   * Refuses to start what can only fail: another configuration than the plan's, or a final root of
   * somebody else. Writes nothing.
   */
  public void check(CampaignHeader header) {
    StoreConfigs.check(config);
    for (RolloutShardEntry entry : manifest.entries()) {
      if (!entry.writerConfigHash().equals(config.hashes().writer())) {
        throw new RefusedInputException(
            "Cannot run plan: it was made with another configuration (expected="
                + entry.writerConfigHash()
                + ", found="
                + config.hashes().writer()
                + ", plan="
                + manifestFile
                + ", config="
                + config.text().file()
                + "). Use that configuration, or plan again into a new final root");
      }
    }
    root().check(header);
  }

  /**
   * Refuses a source that is gone or is another one than the plan's. Writes nothing.
   *
   * @param moved where the source is now; empty if it is where the plan says
   */
  public void checkSource(String moved) {
    Map<String, String> found = new TreeMap<>();
    for (RolloutShardEntry entry : manifest.entries()) {
      String directory = moved.isEmpty() ? entry.sourceStoreDir() : moved;
      String hash =
          found.computeIfAbsent(
              directory, place -> RolloutSourceReader.open(Path.of(place)).sourceManifestHash());
      if (!hash.equals(entry.sourceManifestHash())) {
        throw new RefusedInputException(
            "Cannot run plan: its source changed (expected="
                + entry.sourceManifestHash()
                + ", found="
                + hash
                + ", source="
                + directory
                + ", plan="
                + manifestFile
                + "). Bring the old source back, or plan again into a new final root");
      }
    }
  }

  /**
   * Checks the final root, proves that its storage keeps its promises, and leaves the plan there.
   */
  public void open(CampaignHeader header) {
    String probeId = UUID.randomUUID().toString();
    root().open(header, manifest.toBytes(), probeId);
  }

  /**
   * What a process needs to run shards of this campaign.
   *
   * @param settings of the campaign file and the flags together
   * @param storeLayout {@code auto}, {@code directory} or {@code packed}
   * @param source folder of the source, or empty for the one each entry names
   * @param argv the command, for the store manifest
   */
  public ShardRunRequest request(
      CampaignHeader header,
      RunSettings settings,
      String storeLayout,
      String source,
      List<String> argv) {
    return new ShardRunRequest(
        header.campaignId(),
        config.text(),
        layout.finalRoot(),
        CampaignStorage.layout(layout.finalRoot(), storeLayout),
        source,
        VerifyLevel.parse(settings.verify()),
        settings.rollForward(),
        settings.taskDeadlineMs(),
        argv,
        storage.publish(),
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

  /** Bytes that are free where stores go, if the storage can say. */
  public OptionalLong freeSpace() {
    return CampaignStorage.freeSpace(layout.finalRoot());
  }

  /** Entries with these ids, or all if there are none. */
  public List<RolloutShardEntry> entries(Set<String> shardIds) {
    return shardIds.isEmpty()
        ? manifest.entries()
        : shardIds.stream().sorted().map(manifest::entry).toList();
  }

  /** What is finished, read from the final root by as many threads as there are cores. */
  public RolloutShardCampaignStatus status(VerifyLevel level) {
    CampaignScan scan = CampaignScan.of(io, layout);
    ShardStatusReader reader =
        new ShardStatusReader(io, layout, new StoredShardInspection(io), level);
    List<RolloutShardStatus> shards =
        manifest.entries().parallelStream()
            .map(entry -> reader.statusOf(entry, scan.tracesOf(entry.shardId())))
            .toList();
    Set<String> planned =
        manifest.entries().stream().map(RolloutShardEntry::shardId).collect(Collectors.toSet());
    return new RolloutShardCampaignStatus(
        manifestFile.toString(),
        layout.finalRoot().text(),
        shards,
        scan.orphans(planned),
        UtcStamps.text(clock.instant()),
        level);
  }

  /** What the finished shards hold together; one that does not verify is not read. */
  public CampaignSummary summary(RolloutShardCampaignStatus status) {
    return CampaignSummary.of(
        io,
        layout.finalRoot(),
        status.shards().stream()
            .filter(shard -> shard.state() == ShardState.SUCCEEDED)
            .map(RolloutShardStatus::shardId)
            .toList());
  }

  private CampaignRoot root() {
    return new CampaignRoot(layout, io, CampaignStorage.publisher(layout.finalRoot(), storage));
  }
}
