package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.table.TypedArrayBuilder;

class TestZarrArrays {
  private static final Object BYTES =
      Map.of("name", "bytes", "configuration", Map.of("endian", "little"));
  private static final Object ZSTD =
      Map.of("name", "zstd", "configuration", Map.of("level", 0L, "checksum", true));
  private static final Object GZIP = Map.of("name", "gzip", "configuration", Map.of("level", 5L));
  private static final Object CRC = Map.of("name", "crc32c");

  private static TypedArray counting(ElementType type, int rows, int... rowShape) {
    int size = rows;
    for (int length : rowShape) {
      size *= length;
    }
    TypedArrayBuilder builder = new TypedArrayBuilder(type, rowShape);
    for (int i = 0; i < size; i++) {
      builder.add(type == ElementType.BOOL ? (long) (i % 3 % 2) : (long) (i % 100));
    }
    return builder.build(rows);
  }

  private static ArrayDocument document(
      TypedArray array, List<Long> chunkShape, List<Object> codecs) {
    return ArrayDocument.of(
        array.shape().stream().map(Integer::longValue).toList(), array.type(), chunkShape, codecs);
  }

  private static TypedArray roundTrip(TypedArray array, ArrayDocument document) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    return ZarrArrays.read(files, "a", document, 0, array.rows());
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyTypeSurvivesChunksThatDoNotDivideTheShape(ElementType type) {
    TypedArray array = counting(type, 7, 5, 3);

    assertThat(roundTrip(array, document(array, List.of(3L, 2L, 2L), List.of(BYTES, ZSTD))))
        .isEqualTo(array);
    assertThat(roundTrip(array, document(array, List.of(4L, 5L, 3L), List.of(BYTES, GZIP, CRC))))
        .isEqualTo(array);
  }

  @Test
  void zstdWorksInsideAZarrShard() {
    TypedArray array = counting(ElementType.FLOAT32, 10, 4);
    Object sharding =
        Map.of(
            "name",
            "sharding_indexed",
            "configuration",
            Map.of(
                "chunk_shape",
                List.of(2L, 4L),
                "codecs",
                List.of(BYTES, ZSTD),
                "index_codecs",
                List.of(BYTES, CRC),
                "index_location",
                "end"));

    assertThat(roundTrip(array, document(array, List.of(6L, 4L), List.of(sharding))))
        .isEqualTo(array);
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"BOOL", "FLOAT16", "FLOAT32", "INT64"})
  void anyRowsOfAZarrShardAreThoseRows(ElementType type) {
    int width = 5;
    TypedArray array = counting(type, 29, width);
    Object sharding =
        Map.of(
            "name",
            "sharding_indexed",
            "configuration",
            Map.of(
                "chunk_shape",
                List.of(3L, (long) width),
                "codecs",
                List.of(BYTES, ZSTD),
                "index_codecs",
                List.of(BYTES, CRC),
                "index_location",
                "end"));
    ArrayDocument document = document(array, List.of(12L, (long) width), List.of(sharding));
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    double[] all = array.doubles();

    for (int first = 0; first < 29; first++) {
      for (int rows = 1; first + rows <= 29; rows++) {
        assertThat(ZarrArrays.read(files, "a", document, first, rows).doubles())
            .as("rows %d to %d", first, first + rows - 1)
            .isEqualTo(Arrays.copyOfRange(all, first * width, (first + rows) * width));
      }
    }
  }

  @Test
  void negativeZeroIsKept() {
    TypedArray array =
        new TypedArrayBuilder(ElementType.FLOAT32).add(-0.0).add(0.0).add(-0.0).build();

    assertThat(roundTrip(array, document(array, List.of(1L), List.of(BYTES, ZSTD))))
        .isEqualTo(array);
  }

  @ParameterizedTest
  @CsvSource({
    "float32,'\"NaN\"',NaN",
    "float32,NaN,NaN",
    "float32,'\"Infinity\"',Infinity",
    "float64,'\"-Infinity\"',-Infinity",
    "float32,'\"0x40490fdb\"',3.1415927410125732",
    "float16,1.5,1.5",
    "float16,'\"NaN\"',NaN",
    "float64,0.25,0.25",
    "int32,-1,-1",
    "uint64,7,7",
    "bool,true,1"
  })
  void absentChunksAreTheFillValue(String type, String fill, double expected) {
    String json =
        """
        {"zarr_format":3,"node_type":"array","shape":[3],"data_type":"%s",
         "chunk_grid":{"name":"regular","configuration":{"chunk_shape":[2]}},
         "chunk_key_encoding":{"name":"default"},
         "fill_value":%s,"codecs":[{"name":"bytes"}],"attributes":{}}"""
            .formatted(type, fill);
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    @SuppressWarnings("unchecked") // Objects of the parser have text keys.
    Map<String, Object> parsed = (Map<String, Object>) JsonParser.parseWithNonFinite(text, "x");
    ArrayDocument document = ArrayDocument.parse(parsed, "x");

    assertThat(ZarrArrays.read(new MemoryStoreFiles(), "a", document, 0, 3).doubles())
        .containsExactly(expected, expected, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "data_type,'\"complex64\"','Invalid array document: unknown data_type complex64 (file=x)'",
    "shape,'[-1]','Invalid array document: shape holds -1 (file=x)'",
    "shape,'[1,2]','Invalid array document: chunk_shape or codecs do not fit the shape (file=x)'",
    "chunk_grid,'{}','Invalid array document: no chunk_shape (file=x)'",
    "node_type,'\"group\"','Invalid array document: not a Zarr 3 array (file=x)'",
    "zarr_format,2,'Invalid array document: not a Zarr 3 array (file=x)'",
    "codecs,'[null]','Invalid array document: codecs hold null (file=x)'",
    "chunk_grid,'{\"name\":\"rectilinear\",\"configuration\":{\"chunk_shape\":[2]}}','Invalid array document: unknown chunk_grid rectilinear (file=x)'",
    "chunk_key_encoding,'\"v3\"','Invalid array document: unknown chunk_key_encoding v3 (file=x)'",
    "storage_transformers,'[{\"name\":\"t\"}]','Invalid array document: unknown storage_transformers [{name=t}] (file=x)'",
    "further,'{\"name\":\"f\"}','Invalid array document: unknown key further (file=x)'"
  })
  void documentsThatAreNoRegularArrayAreRefused(String key, String value, String message) {
    TypedArray array = counting(ElementType.INT32, 2);
    Map<String, Object> json =
        new java.util.LinkedHashMap<>(
            JsonParser.parseObject(
                CanonicalJson.pretty(document(array, List.of(2L), List.of(BYTES)).toJson()), "x"));
    json.put(key, JsonParser.parse(value, "x"));

    assertThatThrownBy(() -> ArrayDocument.parse(json, "x"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(message);
  }

  @Test
  void keysThatReadersMayPassOverAreNoObstacle() {
    TypedArray array = counting(ElementType.INT32, 2);
    Map<String, Object> json =
        new java.util.LinkedHashMap<>(document(array, List.of(2L), List.of(BYTES)).toJson());
    json.put("dimension_names", null);
    json.put("further", Map.of("name", "f", "must_understand", false));
    json.put("chunk_key_encoding", null);

    assertThat(ArrayDocument.parse(json, "x"))
        .isEqualTo(document(array, List.of(2L), List.of(BYTES)));
  }

  @Test
  void damagedChunksAreContentErrorsThatNameTheArray() {
    TypedArray array = counting(ElementType.INT32, 4);
    ArrayDocument document = document(array, List.of(2L), List.of(BYTES, ZSTD));
    MemoryStoreFiles files = new MemoryStoreFiles();
    LibraryWriter.writeChunks(files, "a", document, array);
    files.replace("a/c/1", new byte[] {1, 2, 3});

    assertThatThrownBy(() -> ZarrArrays.read(files, "a", document, 0, 4))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read array: ")
        .hasMessageEndingWith("(array=a/c/1, store=memory)");
    assertThat(ZarrArrays.read(files, "a", document, 0, 2).longs()).containsExactly(0, 1);
  }

  @Test
  void enormousArraysAreRefusedBeforeMemoryIsTaken() {
    ArrayDocument document =
        ArrayDocument.of(
            List.of(2_000_000_000L, 2_000_000_000L),
            ElementType.INT64,
            List.of(1L, 1L),
            List.of(BYTES));

    assertThatThrownBy(
            () -> ZarrArrays.read(new MemoryStoreFiles(), "a", document, 0, 2_000_000_000))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read array: more than 2 GiB at once (array=a");
    ArrayDocument tinyChunks =
        ArrayDocument.of(List.of(200_000_000L), ElementType.UINT8, List.of(1L), List.of(BYTES));
    assertThatThrownBy(
            () -> ZarrArrays.read(new MemoryStoreFiles(), "a", tinyChunks, 0, 200_000_000))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("Cannot read array: 200000000 chunks at once (array=a");
  }
}
