package org.nbvrollouts.store.source.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.SampleIdentity;

final class TestLazyRolloutSource {
  @TempDir Path folder;

  /** How often each file was opened, by its name. */
  private final Map<String, Integer> opened = new ConcurrentHashMap<>();

  private InputFile open(Path file) {
    opened.merge(file.getFileName().toString(), 1, Integer::sum);
    return new LocalInputFile(file);
  }

  @Test
  void rowsAreThoseOfTheReader() {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 130);
    RolloutSourceReader reader = RolloutSourceReader.open(output);
    LazyRolloutSource lazy = LazyRolloutSource.open(output);
    assertThat(lazy.sourceManifestHash()).isEqualTo(reader.sourceManifestHash());
    assertThat(lazy.sourceCacheVersion()).isEqualTo(reader.sourceCacheVersion());
    for (SampleIdentity identity : reader.identities()) {
      long index = identity.sampleIndex();
      assertThat(lazy.find(index)).contains(identity);
      assertThat(SourceRowEncoder.encode(lazy.load(index)).sha256())
          .as("seed %d, row %d", WrittenSources.SEED, index)
          .isEqualTo(SourceRowEncoder.encode(reader.load(index)).sha256());
    }
    String mesh = reader.meshReference(0).sha256();
    assertThat(lazy.loadMesh(mesh).faceCount()).isEqualTo(reader.loadMesh(mesh).faceCount());
    for (long none : new long[] {-1, 130, Long.MAX_VALUE}) {
      assertThat(lazy.find(none)).isEmpty();
      assertThatThrownBy(() -> lazy.load(none))
          .isInstanceOf(RefusedInputException.class)
          .hasMessage(catchThrowable(() -> reader.load(none)).getMessage());
    }
  }

  @Test
  void rowsAreFoundWhereIndicesAreLeftOut() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 10);
    WrittenSources.keepRows(output, 1, 3, 4, 8, 9);
    LazyRolloutSource lazy = LazyRolloutSource.open(output);
    for (long index = 0; index < 12; index++) {
      assertThat(lazy.find(index).map(SampleIdentity::sampleIndex).stream().toList())
          .isEqualTo(
              RolloutSourceReader.open(output).identities().stream()
                  .map(SampleIdentity::sampleIndex)
                  .filter(List.of(index)::contains)
                  .toList());
    }
  }

  @Test
  void onlyTheFileOfARowIsOpenedAndOnce() {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 200);
    LazyRolloutSource lazy = LazyRolloutSource.open(output, this::open);
    assertThat(opened).isEmpty();
    lazy.load(70);
    lazy.load(127);
    lazy.find(64);
    assertThat(opened).isEqualTo(Map.of("part-00001.parquet", 1));
  }

  /** Four files of which two may be held: going round finds none of them again. */
  @Test
  void theLeastRecentlyUsedFootersLeave() {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 200);
    RolloutSourceManifest manifest = RolloutSourceReader.open(output).manifest();
    SampleFiles files = new SampleFiles(output, manifest.sampleFiles(), this::open, 128);
    long[] ofEachFile = {0, 64, 128, 199};
    for (int round = 0; round < 3; round++) {
      for (long position : ofEachFile) {
        assertThat(files.entry(position).identity().sampleIndex()).isEqualTo(position);
      }
    }
    assertThat(opened.values()).containsExactly(3, 3, 3, 3);
    opened.clear();
    files.entry(150);
    files.entry(199);
    assertThat(opened).isEmpty();
    files.entry(0);
    files.entry(150);
    assertThat(opened).isEqualTo(Map.of("part-00000.parquet", 1, "part-00002.parquet", 1));
  }

  @Test
  void aFooterIsReadOnceHoweverManyAskAtTheSameTime() throws Exception {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 20);
    LazyRolloutSource lazy = LazyRolloutSource.open(output, this::open);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Long>> answers = new ArrayList<>();
    for (long index = 0; index < 20; index++) {
      long wanted = index;
      answers.add(
          threads.submit(
              () -> {
                start.await();
                return lazy.load(wanted).identity().sampleIndex();
              }));
    }
    start.countDown();
    for (int index = 0; index < 20; index++) {
      assertThat(answers.get(index).get()).isEqualTo(index);
    }
    threads.shutdown();
    assertThat(opened).isEqualTo(Map.of("part-00000.parquet", 1));
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private static void flipFirstPage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4; i < 200; i++) {
      bytes[i] ^= 1;
    }
    Files.write(file, bytes);
  }

  private static void append(Path file) throws IOException {
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
  }

  private static void replaceByFolder(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  @Test
  void aDamagedFileIsRefusedInTheSameWordsByItsRowsAlone() throws IOException {
    List<Damage> damages =
        List.of(
            TestLazyRolloutSource::flipLastByte,
            TestLazyRolloutSource::flipFirstPage,
            TestLazyRolloutSource::append,
            TestLazyRolloutSource::replaceByFolder,
            Files::delete);
    for (int i = 0; i < damages.size(); i++) {
      Path output = folder.resolve("out-" + i);
      WrittenSources.write(output, 70);
      damages.get(i).to(output.resolve("samples/part-00001.parquet"));
      LazyRolloutSource lazy = LazyRolloutSource.open(output);
      assertThat(lazy.load(63).identity().sampleIndex()).isEqualTo(63);
      assertThatThrownBy(() -> lazy.find(64))
          .as("damage %d", i)
          .isInstanceOf(RefusedInputException.class)
          .hasMessage(catchThrowable(() -> RolloutSourceReader.open(output)).getMessage());
    }
  }

  @Test
  void aMissingMeshIsRefusedByItsRowsAlone() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 20);
    String sha256 = RolloutSourceReader.open(output).meshReference(10).sha256();
    Files.delete(output.resolve("meshes/" + sha256 + ".ply"));
    LazyRolloutSource lazy = LazyRolloutSource.open(output);
    assertThat(lazy.find(9)).isPresent();
    assertThatThrownBy(() -> lazy.find(10))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(catchThrowable(() -> RolloutSourceReader.open(output)).getMessage());
  }

  @Test
  void aManifestThatCountsOtherRowsIsRefused() throws IOException {
    Path output = folder.resolve("out");
    WrittenSources.write(output, 3);
    WrittenSources.rewriteManifest(output, 2);
    assertThatThrownBy(() -> LazyRolloutSource.open(output).find(0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot open source: 3 rows (expected 2 as in the manifest, file="
                + output.resolve("samples/part-00000.parquet")
                + ")");
  }
}
