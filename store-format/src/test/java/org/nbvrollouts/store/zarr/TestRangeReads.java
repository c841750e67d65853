package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

/** Rows are read from the chunks that hold them and from no others. */
class TestRangeReads {
  private static final Object BYTES =
      Map.of("name", "bytes", "configuration", Map.of("endian", "little"));
  private static final Object ZSTD =
      Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", false));

  private static TypedArray counting(int rows, int width) {
    TypedArrayBuilder builder = new TypedArrayBuilder(ElementType.FLOAT32, width);
    for (int i = 0; i < rows * width; i++) {
      builder.add((double) i);
    }
    return builder.build(rows);
  }

  private static CountingStoreFiles written(TypedArray array, ArrayDocument document) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    return new CountingStoreFiles(files);
  }

  @Test
  void plainChunksOutsideTheRowsAreNotRead() {
    TypedArray array = counting(100, 6);
    ArrayDocument document =
        ArrayDocument.of(
            List.of(100L, 6L), ElementType.FLOAT32, List.of(10L, 6L), List.of(BYTES, ZSTD));
    CountingStoreFiles files = written(array, document);

    assertThat(ZarrArrays.read(files, "a", document, 35, 10)).isEqualTo(array.rows(35, 10));
    assertThat(files.takeRequests()).contains("read a/c/3/0", "read a/c/4/0").hasSize(2);
  }

  @Test
  void aChunkInsideAZarrShardCostsTheIndexAndItself() {
    TypedArray array = counting(96, 6);
    Object sharding =
        Map.of(
            "name",
            "sharding_indexed",
            "configuration",
            Map.of(
                "chunk_shape",
                List.of(4L, 6L),
                "codecs",
                List.of(BYTES, ZSTD),
                "index_codecs",
                List.of(BYTES, Map.of("name", "crc32c")),
                "index_location",
                "end"));
    ArrayDocument document =
        ArrayDocument.of(
            List.of(96L, 6L), ElementType.FLOAT32, List.of(48L, 6L), List.of(sharding));
    CountingStoreFiles files = written(array, document);

    assertThat(ZarrArrays.read(files, "a", document, 61, 1)).isEqualTo(array.rows(61, 1));
    List<String> one = files.takeRequests();
    assertThat(one).doesNotContain("read a/c/1/0");
    assertThat(one).allMatch(request -> request.endsWith(" a/c/1/0"));
    assertThat(Collections.frequency(one, "range a/c/1/0")).isEqualTo(2);
    assertThat(Collections.frequency(one, "length a/c/1/0")).isEqualTo(1);

    assertThat(ZarrArrays.read(files, "a", document, 46, 4)).isEqualTo(array.rows(46, 4));
    List<String> both = files.takeRequests();
    assertThat(Collections.frequency(both, "range a/c/0/0")).isEqualTo(2);
    assertThat(Collections.frequency(both, "range a/c/1/0")).isEqualTo(2);
  }

  @Test
  void openingReadsTheRootAndShapesReadNothingMore() {
    MemoryStoreFiles store = new MemoryStoreFiles();
    TableStores.write(
        store,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    CountingStoreFiles files = new CountingStoreFiles(store);
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(files);

    assertThat(reader.arrayPaths()).hasSize(193);
    assertThat(reader.shape("candidates/pose_world_cam")).containsExactly(6L, 12L);
    assertThat(files.takeRequests()).containsExactly("read zarr.json");
    assertThat(reader.longs("steps/step_row_id")).containsExactly(0, 1);
    assertThat(files.takeRequests()).containsExactly("read steps/step_row_id/c/0");
  }

  @Test
  void arraysThatAreReadTogetherAreThoseReadOneByOne() {
    MemoryStoreFiles store = new MemoryStoreFiles();
    TableStores.write(
        store,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);
    List<String> paths = new ArrayList<>(reader.arrayPaths());
    Collections.reverse(paths);

    Map<String, TypedArray> together = reader.arrays(paths);

    assertThat(together.keySet()).containsExactlyElementsOf(paths);
    together.forEach((path, array) -> assertThat(array).as(path).isEqualTo(reader.array(path)));
    assertThatThrownBy(() -> reader.arrays(List.of("steps/step_row_id", "steps/none")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("Cannot read array: there is none (array=steps/none, store=memory)");
  }

  @Test
  void positionsOfIdsAreReadOnce() {
    MemoryStoreFiles store = new MemoryStoreFiles();
    TableStores.write(
        store,
        RolloutTables.of(WorkedExample.records(), WorkedExample.config(), WorkedExample.context()));
    CountingStoreFiles files = new CountingStoreFiles(store);
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(files);
    files.takeRequests();

    assertThat(reader.rowOf("sources", 17)).hasValue(0);
    assertThat(reader.rowOf("sources", 0)).isEmpty();
    assertThat(files.takeRequests()).containsExactly("read sources/source_row_id/c/0");
    assertThat(reader.rowOf("candidates", 5)).hasValue(5);
    assertThat(reader.rowOf("candidates", 6)).isEmpty();
    assertThat(reader.rowOf("candidates", -1)).isEmpty();
  }
}
