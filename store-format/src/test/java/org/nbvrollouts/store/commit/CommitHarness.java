package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.FaultInjectingStoreIO;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.manifest.SourceOutcome;

/**
 * A tiny campaign: stores of three small files, an inspection that hashes them, a settable clock.
 */
public final class CommitHarness {
  static final Duration DEADLINE = Duration.ofHours(1);

  private final CampaignLayout layout;
  private final StoreIO plainIo;
  private final Publisher publisher;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong attempts = new AtomicLong();
  private Instant now = Instant.parse("2026-05-15T12:30:45Z");
  private CommitPolicy policy = CommitPolicy.DEFAULT;

  /** A campaign on the local disk, published by rename. */
  public CommitHarness(StoreLocation finalRoot) {
    this(
        finalRoot, new LocalStoreIO(Durability.BUFFERED), new RenamePublisher(Durability.BUFFERED));
  }

  CommitHarness(StoreLocation finalRoot, StoreIO io, Publisher publisher) {
    this.layout = CampaignLayout.of(finalRoot);
    this.plainIo = io;
    this.publisher = publisher;
  }

  CommitHarness withPolicy(CommitPolicy changed) {
    policy = changed;
    return this;
  }

  public CampaignLayout layout() {
    return layout;
  }

  public StoreIO io() {
    return plainIo;
  }

  void passTime(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Sets the wall clock of the hosts that run attempts. */
  void setNow(Instant instant) {
    now = instant;
  }

  CommitClock clock() {
    return new CommitClock() {
      @Override
      public Instant now() {
        return now;
      }

      @Override
      public long nanoTime() {
        return nanos.get();
      }

      @Override
      public void pause(Duration duration) {
        passTime(duration);
      }
    };
  }

  Publisher publisher() {
    return publisher;
  }

  ShardCommitter committer(FaultPlan plan) {
    StoreIO io = new FaultInjectingStoreIO(plainIo, plan);
    return new ShardCommitter(
        layout,
        io,
        new FaultInjectingPublisher(publisher(), plan),
        new FakeInspection(io),
        policy,
        clock());
  }

  public ShardCommitter committer() {
    return committer(FaultPlan.none());
  }

  public ShardVerifier verifier() {
    return new ShardVerifier(plainIo, new FakeInspection(plainIo));
  }

  public ShardAttempt attempt(RolloutShardEntry entry) {
    long number = attempts.incrementAndGet();
    String random = Long.toHexString(0x100000000000L + number);
    return new ShardAttempt(
        ShardAttempt.idOf(number, random),
        "campaign-1",
        entry.inputs(),
        new ShardAttempt.Place("host", "executor"),
        DEADLINE,
        Map.of("java", "17"));
  }

  /** Runs one attempt of a builder whose data depends on the entry alone. */
  public RolloutShardRunResult run(RolloutShardEntry entry) {
    return run(entry, FaultPlan.none());
  }

  RolloutShardRunResult run(RolloutShardEntry entry, FaultPlan plan) {
    return committer(plan).run(entry, attempt(entry), builder(entry, plan, "data"));
  }

  ShardBuilder builder(RolloutShardEntry entry, FaultPlan plan, String data) {
    StoreIO io = new FaultInjectingStoreIO(plainIo, plan);
    return store -> {
      for (Map.Entry<String, String> file : content(entry, data).entrySet()) {
        io.write(store.child(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      return built(entry);
    };
  }

  static BuiltShard built(RolloutShardEntry entry) {
    List<SourceOutcome> outcomes = new ArrayList<>();
    entry
        .rows()
        .forEach(row -> outcomes.add(SourceOutcome.generated(row.order(), 1, "stored", Map.of())));
    return new BuiltShard(outcomes, Map.of("generate", 1L));
  }

  static Map<String, String> content(RolloutShardEntry entry, String data) {
    Map<String, String> files = new java.util.LinkedHashMap<>();
    files.put("zarr.json", "{}");
    files.put("steps/step_index/c/0", data + entry.shardId());
    Map<String, Object> generation = new HashMap<>();
    generation.put("shard", entry.toJson());
    files.put("manifest.json", CanonicalJson.pretty(Map.of("generation", generation)));
    return files;
  }

  /** Whether a commit marker exists. */
  boolean isMarked(RolloutShardEntry entry) throws IOException {
    return plainIo.read(layout.finalDirectory(entry.shardId()).child("_SUCCESS.json")).isPresent();
  }

  ShardEvidence verify(RolloutShardEntry entry) {
    return verifier().verify(entry, layout.finalDirectory(entry.shardId()), VerifyLevel.FULL);
  }

  static RolloutShardEntry entry() {
    return ManifestFixtures.entryE();
  }

  /** Reads the one data file of the fake store; a file with the word "invalid" breaks a rule. */
  private record FakeInspection(StoreIO io) implements StoreInspection {
    @Override
    public InspectedStore inspect(StoreLocation store) throws IOException {
      Optional<byte[]> data = io.read(store.child("steps/step_index/c/0"));
      if (data.isEmpty()) {
        return new InspectedStore(List.of("no steps"), ShardCounts.NONE, "", Map.of(), List.of());
      }
      String text = new String(data.get(), StandardCharsets.UTF_8);
      List<String> problems =
          text.contains("invalid") ? List.of("check 12: step_index") : List.of();
      long rollouts = text.contains("empty") ? 0 : 1;
      String sha256 = CanonicalJson.sha256Hex(data.get());
      return new InspectedStore(
          problems,
          new ShardCounts(rollouts, 2, 12),
          sha256,
          Map.of(0, sha256, 1, sha256),
          List.of());
    }
  }
}
