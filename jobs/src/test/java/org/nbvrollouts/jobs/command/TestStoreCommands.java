package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.jobs.origin.StoredCampaign;
import org.nbvrollouts.jobs.replay.RoomSource;

/** {@code store pack} and {@code store unpack}, and every reading command on a packed shard. */
final class TestStoreCommands {
  @TempDir static Path folder;
  private static StoredCampaign campaign;
  private static Path packed;

  @BeforeAll
  static void pack() throws IOException {
    campaign =
        StoredCampaign.build(
            folder, RoomSource.write(folder.resolve("source")), StoredCampaign.CONFIG);
    packed = folder.resolve("packed/" + campaign.store().getFileName());
    CommandLineRun run = CommandLineRun.of("store", "pack", campaign.store(), "--out", packed);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("Packed into " + packed + ": 2 files, ")
        .contains("data_sha256 ")
        .endsWith(", as before\n");
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.map(directory::relativize).sorted().toList();
    }
  }

  @Test
  void aPackedShardIsFourFilesAndComesBackToTheSameBytes() throws IOException {
    assertThat(below(packed).stream().map(Path::toString))
        .containsExactly("", "_SUCCESS.json", "_owner.json", "manifest.json", "store.zarr.zip");
    Path again = folder.resolve("again/" + packed.getFileName());

    assertThat(CommandLineRun.of("store", "unpack", packed, "--out", again).exitCode()).isZero();
    assertThat(below(again)).isEqualTo(below(campaign.store()));
    for (Path file : below(again)) {
      if (Files.isRegularFile(again.resolve(file))) {
        assertThat(again.resolve(file)).hasSameBinaryContentAs(campaign.store().resolve(file));
      }
    }
  }

  @Test
  void readingCommandsSayTheSameOfBothLayouts() {
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("info", "--array-digests", "--store"),
            List.of("audit", "replay", "--rollout", 1, "--store"),
            List.of("audit", "replay", "--random", 2, "--store"))) {
      CommandLineRun loose = run(command, campaign.store());
      CommandLineRun zipped = run(command, packed);
      assertThat(zipped.exitCode()).as(zipped.err()).isZero();
      assertThat(zipped.out()).isEqualTo(loose.out());
    }
    CommandLineRun info = CommandLineRun.of("info", "--store", packed, "--validate");
    assertThat(info.out()).endsWith("Valid: all 88 checks and the strict extras pass\n");
  }

  @Test
  void aFlagWithoutEffectIsRefusedSoThatNobodyTakesAStoreForJudged() {
    CommandLineRun level =
        CommandLineRun.of("info", "--store", campaign.store(), "--level", "core");
    assertThat(level.exitCode()).isEqualTo(64);
    assertThat(level.err()).isEqualTo("Invalid arguments: --level needs --validate\n");
    for (List<Object> more :
        List.<List<Object>>of(
            List.of("--validate"), List.of("--json"), List.of("--depth-picture", "views.png"))) {
      CommandLineRun digests =
          CommandLineRun.of(
              Stream.concat(
                      Stream.of("info", "--array-digests", "--store", campaign.store()),
                      more.stream())
                  .toArray());
      assertThat(digests.exitCode()).as(more.toString()).isEqualTo(64);
      assertThat(digests.out()).isEmpty();
      assertThat(digests.err())
          .startsWith("Invalid arguments: --array-digests prints digests and nothing else");
    }
  }

  private static CommandLineRun run(List<Object> command, Path store) {
    return CommandLineRun.of(Stream.concat(command.stream(), Stream.of(store)).toArray());
  }

  @Test
  void anArchiveByItselfOpensButIsNotUnpackedWithoutItsMarker() {
    Path archive = folder.resolve("alone.zarr.zip");
    CommandLineRun run = CommandLineRun.of("store", "pack", campaign.store(), "--out", archive);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(archive).hasSameBinaryContentAs(packed.resolve("store.zarr.zip"));

    CommandLineRun info = CommandLineRun.of("info", "--store", archive, "--validate");
    assertThat(info.exitCode()).as(info.err()).isZero();
    CommandLineRun unpack =
        CommandLineRun.of("store", "unpack", archive, "--out", folder.resolve("alone"));
    assertThat(unpack.exitCode()).isEqualTo(3);
    assertThat(unpack.err())
        .startsWith("Cannot unpack store: it was made for a shard, and the marker of the shard is");
  }

  @Test
  void damageIsFoundWhereverItIs() throws IOException {
    for (String file : List.of("store.zarr.zip", "manifest.json", "_owner.json")) {
      Path damaged = folder.resolve("damaged-" + file);
      for (Path path : below(packed)) {
        Files.copy(packed.resolve(path), damaged.resolve(path));
      }
      byte[] bytes = Files.readAllBytes(damaged.resolve(file));
      bytes[bytes.length / 2] ^= 1;
      Files.write(damaged.resolve(file), bytes);

      CommandLineRun unpack =
          CommandLineRun.of("store", "unpack", damaged, "--out", folder.resolve("never-" + file));
      assertThat(unpack.exitCode()).as(file).isIn(3, 5);
      assertThat(folder.resolve("never-" + file)).doesNotExist();
    }
  }

  @Test
  void infoComparesAShardWithItsSealAndSaysWhenThereIsNone() throws IOException {
    CommandLineRun loose = CommandLineRun.of("info", "--store", campaign.store(), "--validate");
    assertThat(loose.exitCode()).as(loose.err()).isZero();
    assertThat(loose.out()).containsPattern("\nSealed: \\d+ files as committed\nValid: all 88");

    Path changed = folder.resolve("changed/" + campaign.store().getFileName());
    for (Path path : below(campaign.store())) {
      Files.createDirectories(changed.resolve(path).getParent());
      if (Files.isRegularFile(campaign.store().resolve(path))) {
        Files.copy(campaign.store().resolve(path), changed.resolve(path));
      }
    }
    // Formatting alone: no check minds, but it is not the file that was committed.
    Path document = changed.resolve("steps/zarr.json");
    Files.writeString(document, Files.readString(document) + " ");
    CommandLineRun other = CommandLineRun.of("info", "--store", changed, "--validate");
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.out())
        .contains("  file_size_mismatch: file=" + document)
        .contains("\nNot as sealed: 1 difference; docs/operations.md says what to do\n")
        .endsWith("Valid: all 88 checks and the strict extras pass\n");
    CommandLineRun json = CommandLineRun.of("info", "--store", changed, "--validate", "--json");
    assertThat(json.exitCode()).isEqualTo(3);
    assertThat(json.out()).contains("\"seal_differences\": [\n    \"file_size_mismatch: ");

    Path archive = folder.resolve("unsealed.zarr.zip");
    CommandLineRun.of("store", "pack", campaign.store(), "--out", archive);
    assertThat(CommandLineRun.of("info", "--store", archive, "--validate").out())
        .contains("No seal to compare with: the store belongs to no committed shard\n");
  }

  @Test
  void remoteStoragePacksNothingAndSaysSo() {
    for (Object[] command :
        new Object[][] {
          {"store", "pack", "s3a://bucket/stores/shard-000007", "--out", "packed"},
          {"store", "unpack", packed, "--out", "hdfs://host:1/loose"}
        }) {
      CommandLineRun run = CommandLineRun.of(command);
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .contains(": this command works on local disks (expected a local path, ")
          .contains("Copy the shard's folder first, for example with hadoop fs -get");
    }
  }

  @Test
  void nothingIsOverwritten() {
    CommandLineRun run = CommandLineRun.of("store", "pack", campaign.store(), "--out", packed);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("something stands there already, and nothing is overwritten");
    assertThat(CommandLineRun.of("store").exitCode()).isEqualTo(64);
  }
}
