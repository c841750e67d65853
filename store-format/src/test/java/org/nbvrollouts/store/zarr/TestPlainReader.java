package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/** Arrays of one chunk that the Zarr library has written, read without it and with it. */
class TestPlainReader {
  private static final long SEED = 20261128;
  private static final int ROWS = 137;
  private static final int WIDTH = 3;

  private static ArrayDocument document(ElementType type, boolean isRaster) {
    List<Long> shape = List.of((long) ROWS, (long) WIDTH);
    return ArrayDocument.of(shape, type, shape, ChunkPlan.plainCodecs(type, isRaster));
  }

  private static TypedArray array(ElementType type) {
    Random random = new Random(SEED);
    TypedArrayBuilder builder = new TypedArrayBuilder(type, WIDTH);
    for (int i = 0; i < ROWS * WIDTH; i++) {
      builder.add((long) random.nextInt(type == ElementType.BOOL ? 2 : 100));
    }
    return builder.build(ROWS);
  }

  private static MemoryStoreFiles written(ArrayDocument document, TypedArray array) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    return files;
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyRangeOfEveryTypeIsThatOfTheLibrary(ElementType type) {
    TypedArray array = array(type);
    for (boolean isRaster : new boolean[] {false, true}) {
      ArrayDocument document = document(type, isRaster);
      MemoryStoreFiles files = written(document, array);
      assertThat(PlainReader.reads(document)).isTrue();
      for (int[] range : new int[][] {{0, ROWS}, {5, 0}, {0, 1}, {60, 70}, {ROWS - 1, 1}}) {
        assertThat(PlainReader.rows(files, "a", document, range[0], range[1]))
            .as("seed %d, %s", SEED, Arrays.toString(range))
            .isEqualTo(array.rows(range[0], range[1]))
            .isEqualTo(ZarrArrays.read(files, "a", document, range[0], range[1]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbsentChunkIsZerosAndADamagedOneIsNamed(boolean isRaster) {
    ArrayDocument document = document(ElementType.INT16, isRaster);
    TypedArray array = array(ElementType.INT16);
    MemoryStoreFiles files = written(document, array);
    byte[] chunk = files.read("a/c/0/0").orElseThrow();

    assertThat(PlainReader.rows(new MemoryStoreFiles(), "a", document, 0, ROWS).longs())
        .hasSize(ROWS * WIDTH)
        .containsOnly(0);
    files.replace("a/c/0/0", Arrays.copyOf(chunk, chunk.length - 1));
    assertThatThrownBy(() -> PlainReader.rows(files, "a", document, 0, ROWS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read array: ")
        .hasMessageEndingWith("(array=a/c/0/0, store=memory)");
    files.replace("a/c/0/0", new byte[0]);
    assertThatThrownBy(() -> PlainReader.rows(files, "a", document, 0, ROWS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(" of 0 bytes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChunkOfAnotherLengthIsRefused(boolean isRaster) {
    ArrayDocument document = document(ElementType.INT16, isRaster);
    ArrayDocument longer =
        ArrayDocument.of(
            List.of(ROWS + 1L, (long) WIDTH),
            ElementType.INT16,
            List.of(ROWS + 1L, (long) WIDTH),
            document.codecs());
    MemoryStoreFiles files = written(document, array(ElementType.INT16));

    assertThatThrownBy(() -> PlainReader.rows(files, "a", longer, 0, ROWS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("(expected ");
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"INT32", "FLOAT32"})
  void otherFormsAreLeftToTheLibrary(ElementType type) {
    ArrayDocument ours = document(type, false);
    ArrayDocument uncompressed =
        ArrayDocument.of(ours.shape(), type, ours.shape(), Collections.emptyList());
    ArrayDocument filled =
        new ArrayDocument(
            ours.shape(), type, ours.chunkShape(), 7L, ours.codecs(), ours.chunkKeyEncoding());
    ArrayDocument twoChunks =
        ArrayDocument.of(ours.shape(), type, List.of(ROWS - 1L, (long) WIDTH), ours.codecs());
    ArrayDocument empty = ArrayDocument.of(List.of(0L, 3L), type, List.of(1L, 3L), ours.codecs());

    assertThat(List.of(uncompressed, filled, twoChunks, empty)).noneMatch(PlainReader::reads);
  }
}
