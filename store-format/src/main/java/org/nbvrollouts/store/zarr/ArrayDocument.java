package org.nbvrollouts.store.zarr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ElementType;

/**
 * The {@code zarr.json} of an array (specification store 2.1).
 *
 * @param shape length of each axis
 * @param type element type
 * @param chunkShape shape of a chunk, or of a Zarr shard
 * @param fillValue JSON value of absent elements
 * @param codecs JSON values of the codec chain
 * @param chunkKeyEncoding JSON value, {@code default} or {@code v2}
 */
record ArrayDocument(
    List<Long> shape,
    ElementType type,
    List<Long> chunkShape,
    Object fillValue,
    List<Object> codecs,
    Object chunkKeyEncoding) {
  static final String FILE_NAME = "zarr.json";

  private static final Map<String, Object> DEFAULT_KEYS =
      Map.of("name", "default", "configuration", Map.of("separator", "/"));

  /** Keys of an array document; any other one must say that readers may pass over it. */
  private static final Set<String> KEYS =
      Set.of(
          "zarr_format",
          "node_type",
          "shape",
          "data_type",
          "chunk_grid",
          "chunk_key_encoding",
          "fill_value",
          "codecs",
          "attributes",
          "storage_transformers",
          "dimension_names");

  ArrayDocument {
    shape = List.copyOf(shape);
    chunkShape = List.copyOf(chunkShape);
    codecs = List.copyOf(codecs);
  }

  /** A document as the writer makes them: default chunk keys, Zarr's own fill value. */
  static ArrayDocument of(
      List<Long> shape, ElementType type, List<Long> chunkShape, List<Object> codecs) {
    return new ArrayDocument(shape, type, chunkShape, zeroOf(type), codecs, DEFAULT_KEYS);
  }

  private static Object zeroOf(ElementType type) {
    if (type == ElementType.BOOL) {
      return false;
    }
    return type.isFloat() ? (Object) 0.0 : (Object) 0L;
  }

  /** Lengths of all axes but the first. */
  int[] rowShape() {
    return shape.stream().skip(1).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * The file of a chunk, or Zarr shard, that holds whole rows, in a store with default chunk keys.
   *
   * @param chunk its number along the first axis
   */
  static String chunkFile(String arrayPath, long chunk, int rank) {
    return arrayPath + "/c/" + chunk + "/0".repeat(rank - 1);
  }

  /** True if several chunks share a file. */
  boolean isSharded() {
    return codecs.stream()
        .anyMatch(
            codec -> codec instanceof Map<?, ?> map && "sharding_indexed".equals(map.get("name")));
  }

  /** True if chunks are files under {@code c/}, as new stores have them. */
  boolean hasDefaultKeys() {
    return chunkKeyEncoding.equals(DEFAULT_KEYS);
  }

  /** True if absent elements are zero bytes. */
  boolean isZeroFilled() {
    return fillValue.equals(zeroOf(type));
  }

  /**
   * Rows of the chunks in a Zarr shard; empty if the array is not sharded, if another codec comes
   * before, or if they do not divide the shard.
   */
  OptionalLong chunkRowsInShard() {
    if (!shape.isEmpty()
        && !codecs.isEmpty()
        && codecs.get(0) instanceof Map<?, ?> codec
        && "sharding_indexed".equals(codec.get("name"))
        && codec.get("configuration") instanceof Map<?, ?> configuration
        && configuration.get("chunk_shape") instanceof List<?> lengths
        && !lengths.isEmpty()
        && lengths.get(0) instanceof Long rows
        && rows > 0
        && chunkShape.get(0) % rows == 0) {
      return OptionalLong.of(rows);
    }
    return OptionalLong.empty();
  }

  /** Chunks of a Zarr shard, all levels of it multiplied; 1 if the array is not sharded. */
  double chunksInShard() {
    return chunksIn(chunkShape, codecs);
  }

  private static double chunksIn(List<?> lengths, List<?> codecs) {
    double chunks = 1;
    for (Object codec : codecs) {
      if (codec instanceof Map<?, ?> map
          && map.get("configuration") instanceof Map<?, ?> configuration
          && configuration.get("chunk_shape") instanceof List<?> inner
          && inner.size() == lengths.size()) {
        for (int axis = 0; axis < inner.size(); axis++) {
          if (lengths.get(axis) instanceof Long length && inner.get(axis) instanceof Long part) {
            chunks *= Math.max(1, (double) length / Math.max(1, part));
          }
        }
        if (configuration.get("codecs") instanceof List<?> further) {
          chunks *= chunksIn(inner, further);
        }
      }
    }
    return chunks;
  }

  /** The document as a JSON value, attributes and transformers empty. */
  Map<String, Object> toJson() {
    return json(type.zarrName(), fillValue, codecs);
  }

  private Map<String, Object> json(String typeName, Object fill, List<Object> codecChain) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("zarr_format", 3L);
    json.put("node_type", "array");
    json.put("shape", shape);
    json.put("data_type", typeName);
    json.put(
        "chunk_grid",
        Map.of("name", "regular", "configuration", Map.of("chunk_shape", chunkShape)));
    json.put("chunk_key_encoding", chunkKeyEncoding);
    json.put("fill_value", fill);
    json.put("codecs", codecChain);
    json.put("attributes", Map.of());
    json.put("storage_transformers", List.of());
    return json;
  }

  /**
   * The document in the dialect that the Zarr library reads: float16 as uint16, fill values in its
   * spelling, the {@code bytes} codec with an explicit byte order.
   *
   * @param fill fill value to announce, in that dialect
   */
  Map<String, Object> toLibraryJson(Object fill) {
    String typeName = type == ElementType.FLOAT16 ? "uint16" : type.zarrName();
    Map<String, Object> json = json(typeName, fill, explicitEndian(codecs));
    json.put("chunk_key_encoding", explicitSeparator(chunkKeyEncoding));
    return json;
  }

  private static Object explicitSeparator(Object encoding) {
    if (!(encoding instanceof Map<?, ?> map) || map.containsKey("configuration")) {
      return encoding;
    }
    String separator = "v2".equals(map.get("name")) ? "." : "/";
    return Map.of(
        "name", String.valueOf(map.get("name")), "configuration", Map.of("separator", separator));
  }

  private static List<Object> explicitEndian(List<?> codecs) {
    List<Object> explicit = new ArrayList<>();
    for (Object codec : codecs) {
      if (!(codec instanceof Map<?, ?> map)) {
        explicit.add(codec);
      } else if ("bytes".equals(map.get("name")) && !map.containsKey("configuration")) {
        explicit.add(Map.of("name", "bytes", "configuration", Map.of("endian", "little")));
      } else if (map.get("configuration") instanceof Map<?, ?> configuration
          && configuration.get("codecs") instanceof List<?> inner) {
        Map<Object, Object> copy = new LinkedHashMap<>(configuration);
        copy.put("codecs", explicitEndian(inner));
        explicit.add(Map.of("name", String.valueOf(map.get("name")), "configuration", copy));
      } else {
        explicit.add(codec);
      }
    }
    return explicit;
  }

  /**
   * Parses a document; refuses what is not a regular array of a known type, or is encoded oddly.
   */
  static ArrayDocument parse(Map<String, Object> json, String place) {
    if (!"array".equals(json.get("node_type"))
        || !Long.valueOf(3).equals(json.get("zarr_format"))) {
      throw invalid("not a Zarr 3 array", place);
    }
    requireUnderstood(json, place);
    ElementType type =
        ElementType.ofZarrName(String.valueOf(json.get("data_type")))
            .orElseThrow(() -> invalid("unknown data_type " + json.get("data_type"), place));
    List<Long> shape = lengths(json.get("shape"), "shape", 0, place);
    List<Long> chunkShape = lengths(chunkShapeOf(json), "chunk_shape", 1, place);
    if (shape.size() != chunkShape.size() || !(json.get("codecs") instanceof List<?> codecs)) {
      throw invalid("chunk_shape or codecs do not fit the shape", place);
    }
    if (codecs.stream().anyMatch(Objects::isNull)) {
      throw invalid("codecs hold null", place);
    }
    Object fill = json.get("fill_value");
    Object keys = json.get("chunk_key_encoding");
    return new ArrayDocument(
        shape,
        type,
        chunkShape,
        fill == null ? zeroOf(type) : fill,
        List.copyOf(codecs),
        keys == null ? DEFAULT_KEYS : keys);
  }

  /** What would be read wrongly by a reader that does not know it. */
  private static void requireUnderstood(Map<String, Object> json, String place) {
    if (json.get("storage_transformers") instanceof List<?> transformers
        && !transformers.isEmpty()) {
      throw invalid("unknown storage_transformers " + transformers, place);
    }
    if (json.get("chunk_grid") instanceof Map<?, ?> grid
        && !"regular".equals(grid.get("name"))
        && grid.get("name") != null) {
      throw invalid("unknown chunk_grid " + grid.get("name"), place);
    }
    if (json.get("chunk_key_encoding") != null
        && !(json.get("chunk_key_encoding") instanceof Map<?, ?> keys
            && ("default".equals(keys.get("name")) || "v2".equals(keys.get("name"))))) {
      throw invalid("unknown chunk_key_encoding " + json.get("chunk_key_encoding"), place);
    }
    json.forEach(
        (key, value) -> {
          boolean isOptional =
              value instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("must_understand"));
          if (!KEYS.contains(key) && !isOptional) {
            throw invalid("unknown key " + key, place);
          }
        });
  }

  private static Object chunkShapeOf(Map<String, Object> json) {
    return json.get("chunk_grid") instanceof Map<?, ?> grid
            && grid.get("configuration") instanceof Map<?, ?> configuration
        ? configuration.get("chunk_shape")
        : null;
  }

  private static List<Long> lengths(Object value, String key, long least, String place) {
    if (!(value instanceof List<?> items)) {
      throw invalid("no " + key, place);
    }
    List<Long> lengths = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Long length) || length < least || length > Integer.MAX_VALUE) {
        throw invalid(key + " holds " + item, place);
      }
      lengths.add(length);
    }
    return lengths;
  }

  private static InvalidContentException invalid(String what, String place) {
    return new InvalidContentException("Invalid array document: " + what + " (file=" + place + ")");
  }
}
