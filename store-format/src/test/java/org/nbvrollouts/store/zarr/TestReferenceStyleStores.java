package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.schema.ElementType;

/**
 * Reads what {@code src/test/python/reference_style.py} wrote with NumPy and numcodecs: row chunks,
 * absent chunks, no consolidated metadata, chunks of the C Blosc library, bare {@code NaN}.
 */
class TestReferenceStyleStores {
  private final MemoryStoreFiles files = fixture();
  private final RolloutZarrStoreReader store = RolloutZarrStoreReader.open(files);

  private static MemoryStoreFiles fixture() {
    MemoryStoreFiles files = new MemoryStoreFiles();
    try (InputStream resource =
            TestReferenceStyleStores.class.getResourceAsStream("reference-style.zip");
        ZipInputStream archive = new ZipInputStream(resource)) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        files.replace(entry.getName(), archive.readAllBytes());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  private static double counting(int index) {
    return index % 97 / 4.0 - 5;
  }

  private void holds(String path, int size, IntToDoubleFunction expected) {
    double[] found = store.array(path).doubles();
    assertThat(found).hasSize(size);
    for (int i = 0; i < size; i++) {
      // Boxed numbers compare by bits: NaN equals NaN, 0.0 differs from −0.0.
      assertThat((Double) found[i])
          .as("%s[%d]", path, i)
          .isEqualTo((Double) expected.applyAsDouble(i));
    }
  }

  @Test
  void bareTokensInAttributesAreNumbers() {
    assertThat(store.rootAttributes())
        .containsEntry("selected_depth_znear_m", Double.NaN)
        .containsEntry("limit", Double.NEGATIVE_INFINITY);
  }

  @Test
  void arraysAreFoundWithoutConsolidatedMetadata() {
    assertThat(store.arrayPaths()).hasSize(12).contains("a/rows", "a/dots").isSorted();
    assertThat(store.shape("a/nothing")).containsExactly(0L, 12L);
    assertThat(store.array("a/nothing").size()).isZero();
  }

  @Test
  void arraysAreFoundInAFolderBetweenOtherFiles(@TempDir Path folder) {
    LocalStoreFiles local = new LocalStoreFiles(folder);
    for (String path : files.paths()) {
      local.write(path, ByteBuffer.wrap(files.read(path).orElseThrow()));
    }
    assertThat(RolloutZarrStoreReader.open(folder).arrayPaths()).isEqualTo(store.arrayPaths());
  }

  @Test
  void absentChunksAreFillAndNegativeZeroIsNot() {
    assertThat(files.paths()).doesNotContain("a/rows/c/2/0").contains("a/rows/c/4/0");
    holds(
        "a/rows",
        72,
        i ->
            switch (i / 12) {
              case 2 -> 0.0;
              case 4 -> -0.0;
              default -> counting(i);
            });
    assertThat(store.rows("a/rows", 2, 2).floatAt(12)).isEqualTo((float) counting(36));
    holds("a/unset", 12, i -> i / 3 == 2 ? 1.5 : Double.NaN);
  }

  @Test
  void bloscChunksOfSeveralBlocksAreRead() {
    assertThat(files.read("a/blosc_blocks/c/0/0/0").orElseThrow()[2] & 0xff).isEqualTo(0x94);
    assertThat(store.elementType("a/blosc_blocks")).isEqualTo(ElementType.FLOAT16);
    holds("a/blosc_blocks", 480_000, TestReferenceStyleStores::counting);
    holds("a/blosc_rows", 6_000, TestReferenceStyleStores::counting);
    holds("a/blosc_truth", 2_112, i -> i % 3 == 0 ? 1 : 0);
  }

  @Test
  void bloscChunksThatDidNotCompressAreRead() {
    assertThat(files.read("a/blosc_raw/c/0").orElseThrow()[2] & 0xff).isEqualTo(0x96);
    holds("a/blosc_raw", 4_096, TestReferenceStyleStores::noise);
  }

  private static double noise(int index) {
    long mixed = (index + 1L) * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
    return (mixed * 0xBF58476D1CE4E5B9L) >>> 32;
  }

  @Test
  void bloscChunksWithByteShuffleAreRead() {
    holds("a/blosc_bytes", 90_000, i -> i);
  }

  @Test
  void gzipAndChecksumsAreRead() {
    holds("a/gzip", 100, i -> (long) counting(i));
    holds("a/crc", 50, TestReferenceStyleStores::counting);
    holds("a/gzip_crc", 50, i -> (long) counting(i));
    holds("a/dots", 24, i -> (long) counting(i));
  }
}
