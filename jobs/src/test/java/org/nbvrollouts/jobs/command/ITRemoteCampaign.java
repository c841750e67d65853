package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.server.CountingProxy;
import org.nbvrollouts.store.server.HdfsCluster;
import org.nbvrollouts.store.server.HttpFault;
import org.nbvrollouts.store.server.S3Server;
import org.nbvrollouts.store.server.StorageUnderTest;
import org.nbvrollouts.store.shard.CommittedShard;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Campaigns on an S3 server and on HDFS, each in processes of their own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ITRemoteCampaign {
  /** One shard: its some four hundred files are what takes time here. */
  private static final int ROWS = 4;

  private static final String BUCKET = "rollouts";
  private static final String OTHER_BUCKET = "archive";
  private static final String UNCONDITIONAL_BUCKET = "unconditional";
  private static final List<String> VIEWS =
      List.of(
          "candidates", "groups", "waterfall", "targets", "steps", "tree", "depth", "suspicious");
  private static final String S3_ROOT = "s3a://" + BUCKET + "/campaign";

  @TempDir private static Path folder;
  private static final Map<String, String> properties = new TreeMap<>();
  private static final List<String> printed = new ArrayList<>();
  private static S3Server s3;
  private static CountingProxy proxy;
  private static HdfsCluster hdfs;
  private static Path config;
  private static Path manifest;
  private static Map<String, List<String>> localViews;

  @BeforeAll
  static void startServers() throws IOException {
    s3 =
        S3Server.start(
            Files.createDirectories(folder.resolve("s3")),
            BUCKET,
            OTHER_BUCKET,
            UNCONDITIONAL_BUCKET);
    proxy = new CountingProxy(s3.port());
    hdfs = HdfsCluster.start(Files.createDirectories(folder.resolve("hdfs")));
    properties.put("aws.accessKeyId", S3Server.ACCESS_KEY);
    properties.put("aws.secretAccessKey", S3Server.SECRET_KEY);
    StorageUnderTest.s3Settings(proxy.endpoint())
        .forEach((name, value) -> properties.put("spark.hadoop." + name, value));
    HdfsCluster.settings().forEach((name, value) -> properties.put("spark.hadoop." + name, value));
    properties.forEach(System::setProperty);
    Path source = TinySource.write(folder.resolve("source"));
    config = TinySource.config(folder.resolve("tiny.toml"));
    manifest = folder.resolve("plan/shards.jsonl");
    assertThat(CommandLineRun.plan(config, source, manifest, ROWS).exitCode()).isZero();
    Path local = folder.resolve("local");
    assertThat(run(local).exitCode()).isZero();
    localViews = views(local.resolve("shard-000000"));
  }

  @AfterAll
  static void stopServers() {
    properties.keySet().forEach(System::clearProperty);
    proxy.close();
    s3.close();
    hdfs.close();
  }

  private static CommandLineRun command(Object... arguments) {
    return kept(CommandLineRun.of(arguments));
  }

  private static CommandLineRun kept(CommandLineRun run) {
    printed.add(run.out() + run.err());
    return run;
  }

  private static CommandLineRun run(Object finalRoot, Object... more) {
    Object[] flags = Stream.concat(Stream.of("--parallelism", "1"), Stream.of(more)).toArray();
    return kept(CommandLineRun.run(config, manifest, finalRoot, flags));
  }

  private static CommandLineRun status(Object finalRoot, String verify) {
    return kept(CommandLineRun.status(manifest, finalRoot, verify));
  }

  private static void assertThatAllIsRead(String finalRoot) {
    String shard = finalRoot + "/shard-000000";
    CommandLineRun info = command("info", "--store", shard, "--validate");
    assertThat(info.exitCode()).as(info.err()).isZero();
    assertThat(info.out()).contains("Valid: all 88 checks and the strict extras pass");
    CommandLineRun list = command("explain", "--store", shard, "--rollout", 0, "--list");
    assertThat(list.exitCode()).as(list.err()).isZero();
    CommandLineRun replay = command("audit", "replay", "--store", finalRoot, "--random", 1);
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    assertThat(views(shard)).isEqualTo(localViews);
  }

  /** What views of a shard print as JSON, but for where it is. */
  private static Map<String, List<String>> views(Object shard) {
    Map<String, List<String>> printed = new LinkedHashMap<>();
    for (String view : VIEWS) {
      CommandLineRun audit = command("audit", view, "--store", shard, "--json");
      assertThat(audit.exitCode()).as(view + ": " + audit.err()).isZero();
      assertThat(JsonParser.parseObject(audit.out(), view)).containsEntry("truncated", false);
      printed.put(
          view, audit.out().lines().filter(line -> !line.startsWith("  \"store\": ")).toList());
    }
    return printed;
  }

  @Test
  @Order(1)
  void aCampaignOnS3IsBuiltSkippedAndRead() {
    CommandLineRun first = run(S3_ROOT);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("1 of 1 shard finished, 1 built now, 0 done before");
    CommandLineRun second = run(S3_ROOT);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).contains("1 of 1 shard finished, 0 built now, 1 done before");
    assertThat(status(S3_ROOT, "full").out()).contains("\"store_path\": \"a");
    assertThatAllIsRead(S3_ROOT);
  }

  @Test
  @Order(2)
  void aCampaignOnHdfsIsPublishedByRenameAndByPointer() {
    String renamed = hdfs.address() + "/renamed";
    CommandLineRun rename = run(renamed);
    assertThat(rename.exitCode()).as(rename.err()).isZero();
    assertThat(status(renamed, "full").out()).contains("\"store_path\": \".\"");
    assertThatAllIsRead(renamed);
    CommandLineRun full = run(hdfs.address() + "/full", "--keep-free-gib", "1e9");
    assertThat(full.exitCode()).as(full.err()).isEqualTo(2);
    assertThat(full.out()).contains("too little space is left (keep_free_gib=1.0E9, free_gib=");
    String pointed = hdfs.address() + "/pointed";
    CommandLineRun pointer = run(pointed, "--publish", "pointer");
    assertThat(pointer.exitCode()).as(pointer.err()).isZero();
    assertThat(status(pointed, "files").out()).contains("\"store_path\": \"a");
  }

  @Test
  @Order(3)
  void everyStorageHoldsTheSameData() {
    Path local = folder.resolve("local");
    assertThat(run(local).exitCode()).isZero();
    List<String> seals = seals(local);
    assertThat(seals).hasSize(1).allMatch(seal -> seal.matches("[0-9a-f]{64}"));
    assertThat(seals(S3_ROOT)).isEqualTo(seals);
    assertThat(seals(hdfs.address() + "/renamed")).isEqualTo(seals);
    assertThat(seals(hdfs.address() + "/pointed")).isEqualTo(seals);
  }

  private static List<String> seals(Object finalRoot) {
    CommandLineRun status = status(finalRoot, "marker");
    assertThat(status.exitCode()).as(status.err()).isZero();
    Map<String, Object> json =
        JsonParser.parseObject(status.out().getBytes(StandardCharsets.UTF_8), "status");
    return ((List<?>) json.get("shards"))
        .stream().map(shard -> (String) ((Map<?, ?>) shard).get("data_sha256")).toList();
  }

  /** Listing, marker and owner, then the root document or the end of the archive. */
  @Test
  @Order(4)
  void theFirstBatchCostsFourRequestsBesideItsChunks() {
    List<String> packed = requestsOfFirstBatch(S3_ROOT);
    assertThat(packed).hasSizeLessThanOrEqualTo(4 + 17).doesNotHaveDuplicates();
    assertThat(packed.subList(0, 4))
        .satisfiesExactly(
            listing -> assertThat(listing).contains("list-type=2"),
            marker -> assertThat(marker).contains("/_SUCCESS.json"),
            owner -> assertThat(owner).contains("/_owner.json"),
            end -> assertThat(end).contains("/store.zarr.zip "));
    assertThat(packed.subList(4, packed.size())).allMatch(text -> text.contains("/store.zarr.zip"));

    String unpacked = S3_ROOT + "-unpacked";
    CommandLineRun run = run(unpacked, "--layout", "directory");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(seals(unpacked)).isEqualTo(seals(S3_ROOT));
    List<String> files = requestsOfFirstBatch(unpacked);
    assertThat(files).hasSize(4 + 17).doesNotHaveDuplicates();
    assertThat(files.get(3)).contains("/store/zarr.json ");
    assertThat(files.subList(4, files.size())).allMatch(text -> text.contains("/q_h/"));
  }

  /** Opens a shard as a reader does, and reads what training reads first. */
  private static List<String> requestsOfFirstBatch(String finalRoot) {
    StoreLocation shard = new StoreLocation(finalRoot + "/shard-000000");
    var io = CampaignStorage.io(shard, StorageSettings.DEFAULT);
    proxy.forget();
    try (RolloutZarrStoreReader reader = CommittedShard.open(io, shard).reader()) {
      StoreSchema.current()
          .arrays("q_h")
          .forEach(
              array -> {
                int rows = (int) Math.min(64, reader.shape(array.path()).get(0));
                reader.rows(array.path(), 0, rows);
              });
    }
    return proxy.requests();
  }

  @Test
  @Order(5)
  void throttlingAndLostRepliesEndInOneCommitPerShard() {
    AtomicInteger broken = new AtomicInteger();
    Set<String> lost = new LinkedHashSet<>();
    proxy.breakRequests(
        request -> {
          if (request.startsWith("PUT ")
              && request.endsWith("_SUCCESS.json")
              && lost.add(request)) {
            return Optional.of(HttpFault.LOSE_REPLY);
          }
          return broken.incrementAndGet() % 20 == 0
              ? Optional.of(HttpFault.UNAVAILABLE)
              : Optional.empty();
        });
    String root = "s3a://" + BUCKET + "/faulty";
    CommandLineRun run = run(root);
    proxy.breakRequests(request -> Optional.empty());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(lost).hasSize(1);
    assertThat(broken.get()).isGreaterThan(20);
    assertThat(seals(root)).isEqualTo(seals(S3_ROOT));
  }

  @Test
  @Order(6)
  void renameIsRefusedWhereItIsNoSingleStep() {
    CommandLineRun run = run("s3a://" + BUCKET + "/renamed", "--publish", "rename");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("Cannot publish by rename: this storage cannot rename a folder in one step");
  }

  /** Without the option of the client nothing asks the server to refuse a taken name. */
  @Test
  @Order(7)
  void withoutConditionalUploadsOnlyADriverThatIsAloneCommits() {
    String setting = "spark.hadoop.fs.s3a.bucket." + UNCONDITIONAL_BUCKET;
    System.setProperty(setting + ".create.conditional.enabled", "false");
    properties.put(setting + ".create.conditional.enabled", "false");
    String root = "s3a://" + UNCONDITIONAL_BUCKET + "/campaign";
    CommandLineRun refused = run(root);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("commits would not be safe there", "without, add --commit driver");
    CommandLineRun run = run(root, "--commit", "driver");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 of 1 shard finished, 1 built now");
    assertThat(seals(root)).isEqualTo(seals(S3_ROOT));
    assertThat(run(root, "--commit", "driver").out()).contains("0 built now, 1 done before");
    String single = root + "-single";
    CommandLineRun build =
        kept(CommandLineRun.build(config, manifest, single, 0, "--commit", "driver"));
    assertThat(build.exitCode()).as(build.err()).isZero();
    assertThat(seals(single)).isEqualTo(seals(S3_ROOT));
    CommandLineRun rename = run(root, "--commit", "driver", "--publish", "rename");
    assertThat(rename.exitCode()).isEqualTo(64);
  }

  /** Where a campaign lies is part of no hash, so it may move as a whole. */
  @Test
  @Order(8)
  void aCampaignThatMovedToAnotherBucketOrFolderIsFinishedThere() throws IOException {
    String bucket = "s3a://" + OTHER_BUCKET + "/moved/here";
    move(S3_ROOT, bucket);
    assertThatIsFinished(bucket);
    String hadoop = hdfs.address() + "/moved";
    move(hdfs.address() + "/renamed", hadoop);
    assertThatIsFinished(hadoop);
    Path elsewhere = folder.resolve("another folder");
    Files.move(folder.resolve("local"), elsewhere);
    assertThatIsFinished(elsewhere);
  }

  private static void assertThatIsFinished(Object finalRoot) {
    CommandLineRun status = status(finalRoot, "full");
    assertThat(status.exitCode()).as(status.out()).isZero();
    CommandLineRun run = run(finalRoot);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 of 1 shard finished, 0 built now, 1 done before");
  }

  /** As any tool would do it: object by object. */
  private static void move(String from, String to) throws IOException {
    StoreLocation source = new StoreLocation(from);
    StoreIO io = CampaignStorage.io(source, StorageSettings.DEFAULT);
    StoreIO target = CampaignStorage.io(new StoreLocation(to), StorageSettings.DEFAULT);
    for (String path : io.listTree(source).keySet()) {
      target.write(new StoreLocation(to).child(path), io.read(source.child(path)).orElseThrow());
    }
    io.delete(source);
  }

  @Test
  @Order(9)
  void noSecretIsStored() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("s3/objects"))) {
      List<Path> objects = files.filter(Files::isRegularFile).toList();
      assertThat(objects).hasSizeGreaterThan(300);
      for (Path object : objects) {
        assertThat(new String(Files.readAllBytes(object), StandardCharsets.ISO_8859_1))
            .as(object.toString())
            .doesNotContain(S3Server.SECRET_KEY);
      }
    }
    assertThat(printed).isNotEmpty().noneMatch(text -> text.contains(S3Server.SECRET_KEY));
  }
}
