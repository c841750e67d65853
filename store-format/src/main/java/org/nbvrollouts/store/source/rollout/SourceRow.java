package org.nbvrollouts.store.source.rollout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * The non-null values of one sample row by column: {@code Long}, {@code String}, {@code byte[]},
 * {@code List<Long>}, {@code List<Integer>} or {@code SortedMap<Integer, String>}, as the kind of
 * the column says. Not thread-safe.
 */
final class SourceRow {
  private final Map<SourceColumn, Object> values = new EnumMap<>(SourceColumn.class);

  void put(SourceColumn column, long value) {
    values.put(column, value);
  }

  void put(SourceColumn column, String value) {
    values.put(column, value);
  }

  void put(SourceColumn column, byte[] value) {
    values.put(column, value);
  }

  void putLongs(SourceColumn column, List<Long> value) {
    values.put(column, List.copyOf(value));
  }

  void putInts(SourceColumn column, List<Integer> value) {
    values.put(column, List.copyOf(value));
  }

  void putNames(SourceColumn column, Map<Integer, String> value) {
    values.put(column, new TreeMap<>(value));
  }

  boolean has(SourceColumn column) {
    return values.containsKey(column);
  }

  long integer(SourceColumn column) {
    return (Long) values.get(column);
  }

  String text(SourceColumn column) {
    return (String) values.get(column);
  }

  byte[] bytes(SourceColumn column) {
    return (byte[]) values.get(column);
  }

  List<Long> longs(SourceColumn column) {
    return ((List<?>) values.get(column)).stream().map(Long.class::cast).toList();
  }

  List<Integer> ints(SourceColumn column) {
    return ((List<?>) values.get(column)).stream().map(Integer.class::cast).toList();
  }

  SortedMap<Integer, String> names(SourceColumn column) {
    SortedMap<Integer, String> names = new TreeMap<>();
    ((Map<?, ?>) values.get(column)).forEach((id, name) -> names.put((Integer) id, (String) name));
    return names;
  }

  /** The first required column without a value, the row hash apart. */
  Optional<SourceColumn> missing() {
    for (SourceColumn column : SourceColumn.values()) {
      if (column.isRequired() && column != SourceColumn.ROW_SHA256 && !has(column)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /**
   * SHA-256 over all non-null columns but {@code row_sha256} in schema order, each as 8-byte
   * big-endian length and name, then 8-byte big-endian length and bytes. Integers are
   * little-endian, lists are their elements one after the other, a name map is, by ascending id,
   * the int32 id, the 8-byte big-endian length of the name and its UTF-8 bytes.
   */
  String sha256() {
    MessageDigest digest = CanonicalJson.newSha256();
    for (Map.Entry<SourceColumn, Object> entry : values.entrySet()) {
      if (entry.getKey() != SourceColumn.ROW_SHA256) {
        addFramed(digest, entry.getKey().columnName().getBytes(StandardCharsets.UTF_8));
        addFramed(digest, canonicalBytes(entry.getKey()));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addFramed(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
    digest.update(bytes);
  }

  private byte[] canonicalBytes(SourceColumn column) {
    return switch (column.kind()) {
      case INT64 -> longBytes(List.of(integer(column)));
      case STRING -> text(column).getBytes(StandardCharsets.UTF_8);
      case BYTES -> bytes(column);
      case INT64_LIST -> longBytes(longs(column));
      case INT32_LIST ->
          LittleEndian.bytes(ints(column).stream().mapToInt(Integer::intValue).toArray());
      case NAMES -> nameBytes(names(column));
    };
  }

  private static byte[] longBytes(List<Long> values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, values.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(buffer::putLong);
    return buffer.array();
  }

  private static byte[] nameBytes(SortedMap<Integer, String> names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    names.forEach(
        (id, name) -> {
          byte[] text = name.getBytes(StandardCharsets.UTF_8);
          bytes.writeBytes(LittleEndian.bytes(id));
          bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(text.length).array());
          bytes.writeBytes(text);
        });
    return bytes.toByteArray();
  }
}
