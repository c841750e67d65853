package org.nbvrollouts.store.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

class TestStorePacker {
  @TempDir private Path temporary;
  private Path unpacked;
  private final StorePacker packer =
      new StorePacker(
          store -> {
            throw new AssertionError("No shard: " + store);
          });

  @BeforeEach
  void write() {
    unpacked = write("rollouts.zarr", StoreLayout.DIRECTORY);
  }

  private Path write(String name, StoreLayout layout) {
    Path directory = temporary.resolve(name);
    new RolloutZarrStoreWriter(RandomRollouts.config())
        .write(directory, layout, new RandomRollouts(7).records(2, 5), WorkedExample.context());
    return directory;
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.map(directory::relativize).sorted().toList();
    }
  }

  private static void assertSameTree(Path actual, Path expected) throws IOException {
    assertThat(below(actual)).isEqualTo(below(expected));
    for (Path path : below(expected)) {
      if (Files.isRegularFile(expected.resolve(path))) {
        assertThat(actual.resolve(path)).hasSameBinaryContentAs(expected.resolve(path));
      }
    }
  }

  @Test
  void packingGivesTheBytesOfThePackedWriterAndUnpackingThoseOfTheOther() throws IOException {
    Path written = write("written", StoreLayout.PACKED);
    Path archive = temporary.resolve("rollouts.zarr.zip");
    Path folder = temporary.resolve("packed");

    ConvertedStore packed = packer.pack(unpacked, archive);
    packer.pack(unpacked, folder);
    assertThat(archive).hasSameBinaryContentAs(written.resolve("store.zarr.zip"));
    assertSameTree(folder, written);
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(unpacked)) {
      assertThat(packed)
          .isEqualTo(
              new ConvertedStore(
                  archive, 1, Files.size(archive), StoreSeals.of(reader).dataSha256()));
    }

    packer.unpack(archive, temporary.resolve("a"));
    packer.unpack(folder, temporary.resolve("b"));
    assertSameTree(temporary.resolve("a"), unpacked);
    assertSameTree(temporary.resolve("b"), unpacked);
  }

  @Test
  void nothingIsOverwrittenAndNothingIsLeftOver() throws IOException {
    Path archive = temporary.resolve("x.zip");
    Path folder = Files.createDirectory(temporary.resolve("folder"));
    Files.writeString(archive, "precious");
    List<Path> before = below(temporary);

    for (Path out : List.of(archive, folder)) {
      assertThatThrownBy(() -> packer.pack(unpacked, out))
          .isInstanceOf(RefusedInputException.class)
          .hasMessage(
              "Cannot convert store: something stands there already, and nothing is overwritten"
                  + " (out=%s). Choose another place",
              out);
    }
    assertThat(archive).hasContent("precious");
    assertThat(below(temporary)).isEqualTo(before);
  }

  @Test
  void damagedStoresAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path archive = temporary.resolve("good.zip");
    packer.pack(unpacked, archive);
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(temporary.resolve("damaged.zip"), bytes);
    Files.write(unpacked.resolve("q_h/td_reward/c/0"), new byte[] {1, 2, 3});
    List<Path> before = below(temporary);

    assertThatThrownBy(() -> packer.pack(unpacked, temporary.resolve("out.zip")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot convert store: it is damaged, ")
        .hasMessageContaining("q_h/td_reward");
    assertThatThrownBy(() -> packer.unpack(damaged, temporary.resolve("out")))
        .isInstanceOf(InvalidContentException.class);
    assertThat(below(temporary)).isEqualTo(before);
  }

  @Test
  void linksAreNoPartOfAStore() throws IOException {
    Files.createSymbolicLink(unpacked.resolve("q_h/link"), temporary);

    assertThatThrownBy(() -> packer.pack(unpacked, temporary.resolve("out.zip")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "Cannot pack store: neither a file nor a folder (path=%s)",
            unpacked.resolve("q_h/link"));
  }

  @Test
  void aStoreIsPackedOnceAndUnpackedOnce() {
    Path archive = temporary.resolve("a.zip");
    packer.pack(unpacked, archive);

    assertThatThrownBy(() -> packer.pack(archive, temporary.resolve("b.zip")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot pack store: it is packed already (store=" + archive + ")");
    assertThatThrownBy(() -> packer.unpack(unpacked, temporary.resolve("c")))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Cannot unpack store: it is not packed (store=" + unpacked + ")");
  }
}
