package org.nbvrollouts.store.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes valid inputs a little, blindly, the same way for the same random numbers. */
final class InputMutator {
  private static final int MOST_CHANGES = 6;
  private static final int MOST_BYTES = 1 << 20;
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    65535,
    1 << 24,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String[] WORDS = {
    "0",
    "-1",
    "1e400",
    "-0.0",
    "NaN",
    "Infinity",
    "2147483647",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999",
    "1e-400",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"../../x\"",
    "\"/etc/passwd\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[[[[[[[[",
    "{\"a\":{\"a\":{\"a\":",
    ",",
    "\n",
    "\"",
    "'",
    "=",
    "\\",
    " ",
    "\u00e9",
    "\r\n",
    "\t"
  };

  private final SplittableRandom random;

  InputMutator(SplittableRandom random) {
    this.random = random;
  }

  byte[] mutate(List<byte[]> seeds) {
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      input = change(input, seeds);
    }
    return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
  }

  private byte[] change(byte[] input, List<byte[]> seeds) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(input.length);
    int length = Math.min(input.length - at, 1 + random.nextInt(1 << random.nextInt(1, 9)));
    return switch (random.nextInt(11)) {
      case 0, 1 -> flipped(input, at);
      case 2 -> set(input, at, (byte) random.nextInt(256));
      case 3 -> number(input, at);
      case 4 -> replaced(input, at, length, new byte[0]);
      case 5 -> replaced(input, at, 0, Arrays.copyOfRange(input, at, at + length));
      case 6 -> Arrays.copyOf(input, at);
      case 7 -> word(input, at, length);
      case 8, 9 -> textNumber(input, at);
      default -> spliced(input, at, seeds.get(random.nextInt(seeds.size())));
    };
  }

  private byte[] flipped(byte[] input, int at) {
    return set(input, at, (byte) (input[at] ^ 1 << random.nextInt(8)));
  }

  private static byte[] set(byte[] input, int at, byte value) {
    byte[] changed = input.clone();
    changed[at] = value;
    return changed;
  }

  /** A number of 1 to 8 bytes in either byte order. */
  private byte[] number(byte[] input, int at) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer changed = ByteBuffer.wrap(input.clone()).order(order);
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    int room = input.length - at;
    if (room >= Long.BYTES && random.nextBoolean()) {
      changed.putLong(at, value);
    } else if (room >= Integer.BYTES) {
      changed.putInt(at, (int) value);
    } else {
      changed.put(at, (byte) value);
    }
    return changed.array();
  }

  private byte[] word(byte[] input, int at, int length) {
    byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
    return replaced(input, at, random.nextBoolean() ? 0 : length, word);
  }

  /** Replaces the next decimal number of a text, if there is one. */
  private byte[] textNumber(byte[] input, int from) {
    int start = from;
    while (start < input.length && !isDigit(input[start])) {
      start++;
    }
    int end = start;
    while (end < input.length && isDigit(input[end])) {
      end++;
    }
    byte[] word = WORDS[random.nextInt(13)].getBytes(StandardCharsets.UTF_8);
    return replaced(input, start, end - start, word);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  private byte[] spliced(byte[] input, int at, byte[] other) {
    int from = other.length == 0 ? 0 : random.nextInt(other.length);
    return replaced(input, at, input.length - at, Arrays.copyOfRange(other, from, other.length));
  }

  private static byte[] replaced(byte[] input, int at, int length, byte[] by) {
    byte[] changed = new byte[input.length - length + by.length];
    System.arraycopy(input, 0, changed, 0, at);
    System.arraycopy(by, 0, changed, at, by.length);
    System.arraycopy(input, at + length, changed, at + by.length, input.length - at - length);
    return changed;
  }
}
