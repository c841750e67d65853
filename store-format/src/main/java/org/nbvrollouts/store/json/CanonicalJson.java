package org.nbvrollouts.store.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * JSON texts whose bytes are hashed or compared, and the hashes over them.
 *
 * <p>A value is a {@code Map<String, ?>}, a {@code List<?>}, a {@code String}, an {@code Integer},
 * {@code Long} or {@code BigInteger}, a {@code Double}, a {@code Boolean} or {@code null}; any
 * other type is an {@link IllegalArgumentException}. Integers and floating-point numbers stay
 * distinct: {@code 1} and {@code 1.0} are different texts. {@code NaN} and infinities are refused
 * with an {@link IllegalArgumentException} unless a method says otherwise.
 *
 * <p>Thread-safe; nothing depends on locale, platform or the iteration order of the given maps,
 * except in {@link #compact} and {@link #msgspec}, which keep it.
 */
public final class CanonicalJson {
  /** Order of keys and dictionaries: ascending Unicode code points, not UTF-16 units. */
  public static final Comparator<String> CODE_POINT_ORDER = CanonicalJson::compareCodePoints;

  private CanonicalJson() {}

  /**
   * The form of manifests and sidecars (specification store 7.3, campaign 2.2): two-space indent,
   * keys in code-point order, ASCII only, no newline at the end.
   */
  public static String pretty(Object value) {
    return new JsonWriter(JsonLayout.PRETTY).write(value);
  }

  /**
   * As {@link #pretty}, but {@code NaN}, {@code Infinity} and {@code -Infinity} become bare words,
   * as stores written elsewhere contain them (specification store appendix B.2).
   */
  public static String prettyWithNonFinite(Object value) {
    return new JsonWriter(JsonLayout.PRETTY_NON_FINITE).write(value);
  }

  /**
   * One line with sorted keys, separators {@code ", "} and {@code ": "}, ASCII only, without
   * newline: the line of a shard manifest (campaign 4) and the text of a string array (store 2.4).
   */
  public static String line(Object value) {
    return new JsonWriter(JsonLayout.LINE).write(value);
  }

  /**
   * No white space, keys in the order of the given maps, characters beyond ASCII unescaped: the
   * text under a split manifest hash (specification store 7.7). Encode it as UTF-8.
   */
  public static String compact(Object value) {
    return new JsonWriter(JsonLayout.COMPACT).write(value);
  }

  /**
   * As {@link #compact}, with the number text of the msgspec library: {@code 0.00001}, {@code
   * 1e16}, {@code 1.0} (specification source 9.1). It is what manifests of VIN offline stores are
   * written in.
   */
  public static String msgspec(Object value) {
    return new JsonWriter(JsonLayout.MSGSPEC).write(value);
  }

  /**
   * RFC 8785 (JSON Canonicalization Scheme), the text under configuration hashes. Encode it as
   * UTF-8. Integers beyond ±(2⁵³ − 1) have no such form and are refused; give them as text.
   */
  public static String rfc8785(Object value) {
    return new JsonWriter(JsonLayout.RFC_8785).write(value);
  }

  /**
   * Lower-case hex SHA-256 over the UTF-8 bytes of {@link #prettyWithNonFinite}. A file is hashed
   * after parsing, so white space does not count.
   */
  public static String manifestSha256(Object value) {
    return sha256Hex(prettyWithNonFinite(value).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whether two values have the same text in every form that orders keys. Unlike {@code equals}
   * this tells {@code 1} from {@code 1.0}, and not an {@code Integer} from a {@code Long}.
   */
  public static boolean isSame(Object left, Object right) {
    if (left instanceof Map<?, ?> map) {
      return right instanceof Map<?, ?> other && isSameMap(map, other);
    }
    if (left instanceof List<?> list) {
      return right instanceof List<?> other && isSameList(list, other);
    }
    return Objects.equals(narrowest(left), narrowest(right));
  }

  private static boolean isSameMap(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object value = right.get(entry.getKey());
      boolean isThere = value != null || right.containsKey(entry.getKey());
      if (!isThere || !isSame(entry.getValue(), value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameList(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object item : left) {
      if (!isSame(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  /** One type for integers of one text. */
  private static Object narrowest(Object value) {
    boolean isLong =
        value instanceof Integer
            || (value instanceof BigInteger integer && integer.bitLength() < Long.SIZE);
    return isLong ? (Object) ((Number) value).longValue() : value;
  }

  /** Lower-case hex SHA-256, 64 digits. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /** A fresh SHA-256 digest. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: the JVM has no SHA-256", e);
    }
  }

  private static int compareCodePoints(String left, String right) {
    int shared = Math.min(left.length(), right.length());
    for (int i = 0; i < shared; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point above every other UTF-16 unit.
        boolean aSurrogate = Character.isSurrogate(a);
        return aSurrogate == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : aSurrogate ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
