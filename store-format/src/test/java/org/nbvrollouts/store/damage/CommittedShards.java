package org.nbvrollouts.store.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.nbvrollouts.store.commit.BuiltShard;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CommitClock;
import org.nbvrollouts.store.commit.CommitPolicy;
import org.nbvrollouts.store.commit.Publisher;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.ShardAttempt;
import org.nbvrollouts.store.commit.ShardBuilder;
import org.nbvrollouts.store.commit.ShardCommitter;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardVerifier;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.RolloutStoreInvocation;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * Shards of a small campaign on local disk, committed by the protocol. Files can be changed, and
 * all changes undone; paths are relative to the final root.
 */
public final class CommittedShards {
  private final Path root;
  private final CampaignLayout layout;
  private final List<RolloutShardEntry> entries;
  private final StoreIO io = new LocalStoreIO(Durability.BUFFERED);
  private final SortedMap<String, byte[]> original = new TreeMap<>();
  private final TreeSet<String> touched = new TreeSet<>();

  /** As the long form, stores as directories. */
  CommittedShards(Path root, int shards, long seed, Publisher publisher) throws IOException {
    this(root, shards, seed, publisher, StoreLayout.DIRECTORY);
  }

  /** Builds and commits as many shards as asked for, each with other records. */
  public CommittedShards(Path root, int shards, long seed, Publisher publisher, StoreLayout form)
      throws IOException {
    this.root = root;
    this.layout = CampaignLayout.of(StoreLocation.of(root));
    this.entries = ManifestFixtures.oneRowEntries(shards);
    ShardCommitter committer =
        new ShardCommitter(
            layout, io, publisher, new StoredContent(), CommitPolicy.DEFAULT, CommitClock.system());
    for (int i = 0; i < shards; i++) {
      RolloutShardEntry entry = entries.get(i);
      List<RolloutZarrRecord> records = new RandomRollouts(seed + i).records(2, 6);
      RolloutShardRunResult result =
          committer.run(entry, attempt(entry, i), builder(entry, records, form));
      assertThat(result).isInstanceOf(RolloutShardRunResult.Finished.class);
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        original.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
  }

  private static ShardAttempt attempt(RolloutShardEntry entry, int number) {
    return new ShardAttempt(
        ShardAttempt.idOf(number, "0123456789ab"),
        "campaign-1",
        entry.inputs(),
        new ShardAttempt.Place("host", "executor"),
        Duration.ofHours(1),
        Map.of("java", "17"));
  }

  private static ShardBuilder builder(
      RolloutShardEntry entry, List<RolloutZarrRecord> records, StoreLayout form) {
    return store -> {
      Map<String, Object> shard = new HashMap<>(entry.toJson());
      new RolloutZarrStoreWriter(RandomRollouts.config())
          .write(
              store.localPath(),
              form,
              records,
              new RolloutStoreManifestContext(
                  Instant.parse("2026-06-01T12:00:00Z"),
                  Optional.of(Map.of("name", "damage")),
                  RolloutStoreInvocation.programmatic(),
                  Map.of(),
                  Optional.of(shard)));
      List<SourceOutcome> outcomes = new ArrayList<>();
      entry
          .rows()
          .forEach(
              row -> outcomes.add(SourceOutcome.generated(row.order(), 1, "stored", Map.of())));
      return new BuiltShard(outcomes, Map.of("generate", 1L));
    };
  }

  List<RolloutShardEntry> entries() {
    return entries;
  }

  /** Every file of a shard as it was committed, by path. */
  SortedMap<String, byte[]> filesOf(RolloutShardEntry entry) {
    return original.subMap(entry.shardId() + "/", entry.shardId() + "0");
  }

  /** What a finished-or-not question says now. */
  ShardEvidence verify(RolloutShardEntry entry, VerifyLevel level) {
    return new ShardVerifier(io, new StoredContent())
        .verify(entry, layout.finalDirectory(entry.shardId()), level);
  }

  /** The store of a shard, wherever its layout puts it. */
  StoreLocation storeOf(RolloutShardEntry entry) {
    String manifest =
        filesOf(entry).keySet().stream()
            .filter(path -> path.endsWith("/manifest.json"))
            .findFirst()
            .orElseThrow();
    return StoreLocation.of(root.resolve(manifest).getParent());
  }

  Path path(String path) {
    return root.resolve(path);
  }

  void write(String path, byte[] content) throws IOException {
    touched.add(path);
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  void remove(String path) throws IOException {
    touched.add(path);
    Files.deleteIfExists(root.resolve(path));
  }

  /** Puts everything back. */
  void restore() throws IOException {
    for (String path : touched) {
      byte[] content = original.get(path);
      if (content != null) {
        Files.write(root.resolve(path), content);
        continue;
      }
      Files.deleteIfExists(root.resolve(path));
      Path folder = root.resolve(path).getParent();
      while (!folder.equals(root) && isEmpty(folder)) {
        Files.delete(folder);
        folder = folder.getParent();
      }
    }
    touched.clear();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }
}
