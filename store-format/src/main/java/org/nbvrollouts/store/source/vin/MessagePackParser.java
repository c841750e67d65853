package org.nbvrollouts.store.source.vin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.msgpack.core.MessageFormatException;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Reads one MessagePack record (specification source 6.3). Nil is {@code null}, integers are {@code
 * Long}, binary values are read-only {@code ByteBuffer}, maps keep their order and may have keys of
 * any type. Announced sizes are compared with what is there before memory is taken.
 */
final class MessagePackParser {
  private static final int MAX_DEPTH = 32;

  private final byte[] record;
  private final MessageUnpacker unpacker;
  private final String place;
  private int depth;

  private MessagePackParser(byte[] record, String place) {
    this.record = record;
    this.unpacker = MessagePack.newDefaultUnpacker(record);
    this.place = place;
  }

  /**
   * Reads a record.
   *
   * @param place file and row for messages
   * @return the value, or empty for nil
   * @throws RefusedInputException if it is malformed or not one value
   */
  static Optional<Object> parse(byte[] record, String place) {
    MessagePackParser parser = new MessagePackParser(record, place);
    try {
      Object value = parser.value();
      if (parser.remaining() != 0) {
        throw parser.invalid(parser.remaining() + " bytes after the value");
      }
      return Optional.ofNullable(value);
    } catch (MessageInsufficientBufferException broken) {
      throw parser.invalid("it ends too early");
    } catch (IOException | MessagePackException broken) {
      throw parser.invalid(String.valueOf(broken.getMessage()));
    }
  }

  /**
   * Reads a record of class names by class id.
   *
   * @return names by id, or empty for nil
   */
  static Optional<SortedMap<Integer, String>> names(byte[] record, String place) {
    Optional<Object> value = parse(record, place);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<Integer, String> names = new TreeMap<>();
    if (value.get() instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getKey() instanceof Long id && id == id.intValue())
            || !(entry.getValue() instanceof String name)) {
          throw namesExpected(entry.getKey() + ": " + entry.getValue(), place);
        }
        names.put(((Long) entry.getKey()).intValue(), name);
      }
      return Optional.of(names);
    }
    throw namesExpected(value.get().getClass().getSimpleName(), place);
  }

  private static RefusedInputException namesExpected(String found, String place) {
    return new RefusedInputException(
        "Invalid record: %s (expected a map of integers to names, %s)".formatted(found, place));
  }

  private long remaining() {
    return record.length - unpacker.getTotalReadBytes();
  }

  private Object value() throws IOException {
    return switch (unpacker.getNextFormat().getValueType()) {
      case NIL -> {
        unpacker.unpackNil();
        yield null;
      }
      case BOOLEAN -> unpacker.unpackBoolean();
      case INTEGER -> unpacker.unpackLong();
      case FLOAT -> unpacker.unpackDouble();
      case STRING -> text(payload(unpacker.unpackRawStringHeader()));
      case BINARY -> ByteBuffer.wrap(payload(unpacker.unpackBinaryHeader())).asReadOnlyBuffer();
      case ARRAY -> array();
      case MAP -> map();
      case EXTENSION -> throw new MessageFormatException("extension types are unknown here");
    };
  }

  private byte[] payload(int length) throws IOException {
    return unpacker.readPayload(fitting(length, 1));
  }

  private int fitting(int count, int leastBytes) {
    if (count < 0 || (long) count * leastBytes > remaining()) {
      throw invalid(count + " announced, " + remaining() + " bytes left");
    }
    return count;
  }

  private String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException broken) {
      throw invalid("a text that is not UTF-8");
    }
  }

  private List<Object> array() throws IOException {
    int count = fitting(unpacker.unpackArrayHeader(), 1);
    descend();
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(value());
    }
    depth--;
    return Collections.unmodifiableList(items);
  }

  private Map<Object, Object> map() throws IOException {
    int count = fitting(unpacker.unpackMapHeader(), 2);
    descend();
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Object key = value();
      if (entries.containsKey(key)) {
        throw invalid("repeated key " + key);
      }
      entries.put(key, value());
    }
    depth--;
    return Collections.unmodifiableMap(entries);
  }

  private void descend() {
    if (++depth > MAX_DEPTH) {
      throw invalid("more than " + MAX_DEPTH + " levels");
    }
  }

  private RefusedInputException invalid(String what) {
    return new RefusedInputException("Invalid record: " + what + " (" + place + ")");
  }
}
