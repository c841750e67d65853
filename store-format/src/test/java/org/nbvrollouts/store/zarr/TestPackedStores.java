package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

class TestPackedStores {
  @TempDir private Path temporary;

  private Path write(String name, StoreLayout layout, long seed) {
    Path directory = temporary.resolve(name);
    new RolloutZarrStoreWriter(RandomRollouts.config())
        .write(directory, layout, new RandomRollouts(seed).records(3, 6), WorkedExample.context());
    return directory;
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aPackedStoreHoldsTheFilesOfTheUnpackedOne() throws IOException {
    Path unpacked = write("unpacked", StoreLayout.DIRECTORY, 1);
    Path packed = write("packed", StoreLayout.PACKED, 1);

    assertThat(files(packed)).containsExactly("manifest.json", "store.zarr.zip");
    ZipStoreFiles archive = ZipStoreFiles.open(packed.resolve("store.zarr.zip"));
    assertThat(archive.archive().members().keySet())
        .containsExactlyElementsOf(files(unpacked))
        .last()
        .isEqualTo("zarr.json");
    for (String file : files(unpacked)) {
      assertThat(archive.read(file).orElseThrow())
          .as(file)
          .isEqualTo(Files.readAllBytes(unpacked.resolve(file)));
    }
    for (String folder : List.of("", "q_h", "q_h/td_reward", "q_h/td_reward/c", "nothing")) {
      assertThat(archive.list(folder)).isEqualTo(new LocalStoreFiles(unpacked).list(folder));
    }
  }

  @Test
  void bothLayoutsHaveTheSameSealsAndAreValid() {
    StoreSeals seals = null;
    for (StoreLayout layout : StoreLayout.values()) {
      Path place = write(layout.text(), layout, 2);
      try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(place)) {
        assertThat(RolloutZarrValidator.validateRolloutZarrStore(reader).isStrictlyOk()).isTrue();
        seals = seals == null ? StoreSeals.of(reader) : seals;
        assertThat(StoreSeals.of(reader)).as("seed 2, %s", layout).isEqualTo(seals);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StoreLayout.class)
  void theBytesDependOnTheRecordsAlone(StoreLayout layout) throws Exception {
    Path first = write("first", layout, 3);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    Path second;
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      second = new ForkJoinPool(7).submit(() -> write("elsewhere/below", layout, 3)).get();
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }

    assertThat(files(second)).as("seed 3").isEqualTo(files(first));
    for (String file : files(first)) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  @Test
  void theFirstViewCostsTwoRequestsBesideItsChunks() throws IOException {
    Path archive = write("packed", StoreLayout.PACKED, 4).resolve("store.zarr.zip");
    CountingIO io = new CountingIO();
    RolloutZarrStoreReader reader =
        RolloutZarrStoreReader.open(
            ZipStoreFiles.open(io, StoreLocation.of(archive), Files.size(archive)));

    assertThat(reader.rootAttributes()).hasSize(55);
    assertThat(reader.arrayPaths()).hasSize(193);
    assertThat(io.reads).hasSize(1);
    for (ArraySpec spec : StoreSchema.current().arrays("q_h")) {
      reader.rows(spec.path(), 0, 1);
    }
    // Nothing but the chunks: at most index and chunk of a Zarr shard.
    assertThat(io.reads).hasSizeLessThanOrEqualTo(1 + 2 * 17);
  }

  @Test
  void fileCountsDoNotGrowWithRows() throws IOException {
    for (StoreLayout layout : StoreLayout.values()) {
      List<Integer> counts = new ArrayList<>();
      for (int sources : new int[] {10, 1000}) {
        Path directory = temporary.resolve(layout.text() + sources);
        List<RolloutZarrRecord> records = new RandomRollouts(5).records(sources, 6);
        new RolloutZarrStoreWriter(
                RandomRollouts.config().withSelectedDepth(SelectedDepthStorage.disabled()))
            .write(directory, layout, records, WorkedExample.context());
        counts.add(files(directory).size());
      }
      assertThat(counts.get(1)).as("seed 5, %s", layout).isEqualTo(counts.get(0));
    }
  }

  @Test
  void anArchiveStandsForItselfAndTwoStoresInOneFolderForNone() throws IOException {
    Path packed = write("packed", StoreLayout.PACKED, 6);
    Path alone = Files.copy(packed.resolve("store.zarr.zip"), temporary.resolve("x.zarr.zip"));
    assertThat(RolloutZarrStoreReader.open(alone).arrayPaths()).hasSize(193);

    Files.writeString(packed.resolve("zarr.json"), "{}");
    assertThatThrownBy(() -> RolloutZarrStoreReader.open(packed))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("a packed and an unpacked one stand in the same folder (folder=");
    Files.writeString(alone, "no archive, but long enough to be one");
    assertThatThrownBy(() -> RolloutZarrStoreReader.open(alone))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("its last 22 bytes are no end record");
  }

  private static final class CountingIO implements StoreIO {
    private final StoreIO local = new LocalStoreIO(Durability.BUFFERED);
    private final List<String> reads = new ArrayList<>();

    @Override
    public byte[] readRange(StoreLocation file, long offset, int length) throws IOException {
      reads.add(offset + "+" + length);
      return local.readRange(file, offset, length);
    }

    @Override
    public Optional<byte[]> read(StoreLocation file) {
      throw new AssertionError("Whole file read: " + file);
    }

    @Override
    public boolean readFile(StoreLocation file, Path target) {
      throw new AssertionError("Whole file read: " + file);
    }

    @Override
    public void visitNames(StoreLocation folder, Consumer<String> visitor) {
      throw new AssertionError("Listed: " + folder);
    }

    @Override
    public void write(StoreLocation file, byte[] content) {
      throw new AssertionError("Written: " + file);
    }

    @Override
    public void writeFile(StoreLocation file, Path content) {
      throw new AssertionError("Written: " + file);
    }

    @Override
    public Creation createIfAbsent(StoreLocation file, byte[] content) {
      throw new AssertionError("Created: " + file);
    }

    @Override
    public StoreListing list(StoreLocation folder) {
      throw new AssertionError("Listed: " + folder);
    }

    @Override
    public boolean deleteIfEmpty(StoreLocation folder) {
      throw new AssertionError("Deleted: " + folder);
    }

    @Override
    public void delete(StoreLocation location) {
      throw new AssertionError("Deleted: " + location);
    }
  }
}
