package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.origin.StoredCampaign;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** The store that a person names: every command that reads one judges it alike. */
class TestStoreArgument {
  @TempDir static Path shared;
  private static StoredCampaign campaign;

  @TempDir Path folder;
  private Path store;

  @BeforeAll
  static void build() throws IOException {
    campaign = StoredCampaign.build(shared);
  }

  @BeforeEach
  void copyStore() throws IOException {
    store = copy(campaign.store(), folder.toRealPath().resolve("shard-000000"));
  }

  @Test
  void aStoreWithoutMarkerIsNoData() throws IOException {
    Files.delete(store.resolve(SuccessSidecar.FILE_NAME));
    assertUncommitted("no_marker");
    Files.delete(store.resolve(OwnerSidecar.FILE_NAME));
    assertUncommitted("no_marker, no_owner");
  }

  @Test
  void aStoreWithoutOwnerOrWithACutOneIsNoData() throws IOException {
    Path owner = store.resolve(OwnerSidecar.FILE_NAME);
    cut(owner);
    assertUncommitted("owner_unreadable, owner_hash_mismatch");
    Files.delete(owner);
    assertUncommitted("no_owner");
  }

  @Test
  void aStoreWithACutMarkerIsNoData() throws IOException {
    cut(store.resolve(SuccessSidecar.FILE_NAME));
    assertUncommitted("marker_unreadable");
  }

  @Test
  void aShardThatPointsToItsStoreIsFoundByEitherFolder() throws IOException {
    Path shard = Files.createDirectory(folder.toRealPath().resolve("shard-000009"));
    Path pointed = copy(store, Files.createDirectories(shard.resolve("a1")).resolve("store"));
    Path marker = shard.resolve(SuccessSidecar.FILE_NAME);
    Files.move(pointed.resolve(SuccessSidecar.FILE_NAME), marker);
    Map<String, Object> json =
        new TreeMap<>(JsonParser.parseObject(Files.readAllBytes(marker), "marker"));
    json.put("store_path", "a1/store");
    Files.writeString(marker, CanonicalJson.pretty(json));

    for (Path named : List.of(shard, pointed)) {
      assertThat(CommandLineRun.of("info", "--store", named).exitCode()).isZero();
      assertThat(explain(named).exitCode()).isZero();
    }

    Path second = copy(pointed, Files.createDirectories(shard.resolve("a2")).resolve("store"));
    CommandLineRun other = CommandLineRun.of("info", "--store", second);
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err())
        .isEqualTo(
            "Cannot open store: another attempt of its shard is the committed one (store="
                + second
                + ", shard="
                + shard
                + "). Name the shard's folder\n");

    cut(marker);
    CommandLineRun run = CommandLineRun.of("info", "--store", shard);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "Cannot open store: the marker of its shard is unreadable (file=" + marker + ")\n");
  }

  @Test
  void aStoreThatNamesNoShardStandsForItself() throws IOException {
    for (String name : List.of("manifest.json", SuccessSidecar.FILE_NAME, OwnerSidecar.FILE_NAME)) {
      Files.delete(store.resolve(name));
    }
    assertThat(CommandLineRun.of("info", "--store", store).exitCode()).isZero();
    assertThat(explain(store).exitCode()).isZero();
    CommandLineRun generated =
        CommandLineRun.of("explain", "--store", store, "--rollout", 0, "--candidate", 0);
    assertThat(generated.exitCode()).isEqualTo(5);
  }

  @Test
  void aLinkInPlaceOfTheOwnerMakesItNoData() throws IOException {
    Path owner = store.resolve(OwnerSidecar.FILE_NAME);
    Files.delete(owner);
    Files.createSymbolicLink(owner, owner);
    assertUncommitted("owner_unreadable");
  }

  @Test
  void anEndlessOwnerMakesItNoData() throws IOException {
    Path owner = store.resolve(OwnerSidecar.FILE_NAME);
    try (RandomAccessFile endless = new RandomAccessFile(owner.toFile(), "rw")) {
      endless.setLength(1L << 40);
    }
    assertUncommitted("owner_unreadable");
  }

  @Test
  void anOwnerThatCannotBeReadIsNoVerdictAboutTheStore() {
    Path owner = store.resolve(OwnerSidecar.FILE_NAME);
    assumeTrue(
        owner.toFile().setReadable(false) && !Files.isReadable(owner),
        "this user reads every file");
    for (CommandLineRun run :
        List.of(CommandLineRun.of("info", "--store", store), explain(store))) {
      assertThat(run.err())
          .startsWith(
              "Cannot open store: whether its shard is committed cannot be read (store=" + store)
          .contains("permission denied (file=" + owner + ")");
      assertThat(run.exitCode()).isEqualTo(75);
    }
  }

  @Test
  void aFolderInPlaceOfTheOwnerIsRefused() throws IOException {
    Path owner = store.resolve(OwnerSidecar.FILE_NAME);
    Files.delete(owner);
    Files.createDirectory(owner);
    CommandLineRun run = CommandLineRun.of("info", "--store", store);
    assertThat(run.err())
        .isEqualTo(
            "Cannot open store: a folder stands where a file belongs (file="
                + owner
                + "). Move the shard away and run again\n");
    assertThat(run.exitCode()).isEqualTo(3);
  }

  private void assertUncommitted(String reasons) {
    String message =
        "Cannot open store: it is not a committed shard, so it is no data yet (store="
            + store
            + ", reasons="
            + reasons
            + "). status names files and values; docs/operations.md says what to do\n";
    for (CommandLineRun run :
        List.of(
            CommandLineRun.of("info", "--store", store),
            CommandLineRun.of("info", "--store", store, "--validate"),
            explain(store),
            CommandLineRun.of("audit", "replay", "--store", store, "--rollout", 0),
            CommandLineRun.of("audit", "replay", "--store", store, "--random", 1))) {
      assertThat(run.err()).isEqualTo(message);
      assertThat(run.exitCode()).isEqualTo(3);
    }
  }

  private static CommandLineRun explain(Path named) {
    return CommandLineRun.of("explain", "--store", named, "--rollout", 0, "--list");
  }

  private static void cut(Path file) throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
