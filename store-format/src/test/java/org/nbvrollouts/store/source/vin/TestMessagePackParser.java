package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.nbvrollouts.store.error.RefusedInputException;

class TestMessagePackParser {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void integerKeysAndNestedTensorsAreRead() throws IOException {
    byte[] record;
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(2).packInt(-3).packString("Tür").packString("tensor").packMapHeader(2);
      packer.packString("shape").packArrayHeader(2).packInt(1).packLong(2);
      packer.packString("data").packBinaryHeader(2).writePayload(new byte[] {5, 6});
      record = packer.toByteArray();
    }

    assertThat(MessagePackParser.parse(record, "x"))
        .contains(
            Map.of(
                -3L,
                "Tür",
                "tensor",
                Map.of("shape", List.of(1L, 2L), "data", ByteBuffer.wrap(new byte[] {5, 6}))));
  }

  @Test
  void nilIsAbsence() {
    assertThat(MessagePackParser.parse(hex("c0"), "x")).isEmpty();
    assertThat(MessagePackParser.names(hex("c0"), "x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',it ends too early",
    "c0c0,1 bytes after the value",
    "dd7fffffff,'2147483647 announced, 0 bytes left'",
    "df7fffffff00,'2147483647 announced, 1 bytes left'",
    "c67fffffff00,'2147483647 announced, 1 bytes left'",
    "dbffffffff,announced",
    "820100 0100,repeated key 1",
    "a1ff,a text that is not UTF-8",
    "d40100,extension types are unknown here"
  })
  void malformedRecordsAreRefused(String digits, String message) {
    assertThatThrownBy(
            () ->
                MessagePackParser.parse(hex(digits.replace(" ", "")), "shard=shard-000000, row=1"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining("(shard=shard-000000, row=1)")
        .hasMessageContaining(digits.equals("dbffffffff") ? "Invalid record: " : message);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> MessagePackParser.parse(hex("91".repeat(100) + "c0"), "x"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid record: more than 32 levels (x)");
  }

  @ParameterizedTest
  @CsvSource({"93010203,UnmodifiableRandomAccessList", "81a16101,a: 1", "8101c0,1: null"})
  void namesMustBeTextsByInteger(String digits, String found) {
    assertThatThrownBy(() -> MessagePackParser.names(hex(digits), "x"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid record: " + found + " (expected a map of integers to names, x)");
  }
}
