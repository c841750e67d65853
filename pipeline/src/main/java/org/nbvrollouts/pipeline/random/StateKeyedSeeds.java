package org.nbvrollouts.pipeline.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Seeds derived from what they are for: the first four bytes, big endian, of the SHA-256 of a
 * compact ASCII JSON array (specification generation 4.6, rule name {@link #RULE}). Every seed is
 * an unsigned 32-bit number in a {@code long}.
 *
 * <p>The proposal seed does not know the recipe, so that recipes can share candidate tables of
 * equal nodes; the selection seed does.
 */
public final class StateKeyedSeeds {
  /** Name of the rule, as written into lineage. */
  public static final String RULE = "sha256-json-v2-state-streams";

  private StateKeyedSeeds() {}

  /**
   * Seed of a list of parts.
   *
   * @param parts {@code String}, {@code Integer}, {@code Long} or lists of these; fractions have no
   *     text form that every JVM agrees on and are refused
   */
  public static long derive(Object... parts) {
    return ofJson(compactJson(List.of(parts)));
  }

  /**
   * Seed of the candidate table of a node.
   *
   * @param path shell indices selected so far
   */
  public static long proposal(
      long seed, String sampleKey, String targetId, List<Integer> path, int replica) {
    return derive("proposal", seed, sampleKey, targetId, path, replica);
  }

  /** Seed of one component of the candidate table of a node. */
  public static long component(long nodeSeed, String componentName) {
    return derive("component", nodeSeed, componentName);
  }

  /**
   * Seed of the choices a recipe makes at a node.
   *
   * @param path shell indices selected so far
   */
  public static long selection(
      long seed, String recipeName, String sampleKey, String targetId, List<Integer> path) {
    return derive("selection", seed, recipeName, sampleKey, targetId, path);
  }

  /** Seed of the order in which the targets of a sample are taken. */
  public static long targets(long seed, String sampleKey) {
    return derive("targets", seed, sampleKey);
  }

  /** Seed of a JSON text. */
  static long ofJson(String json) {
    byte[] digest = sha256().digest(json.getBytes(StandardCharsets.US_ASCII));
    return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
  }

  /** Compact JSON of a part, escaped to ASCII (specification store B.1). */
  static String compactJson(Object part) {
    StringBuilder out = new StringBuilder();
    append(out, part);
    return out.toString();
  }

  private static void append(StringBuilder out, Object part) {
    if (part instanceof String text) {
      appendText(out, text);
    } else if (part instanceof Integer || part instanceof Long) {
      out.append(part);
    } else if (part instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        if (i > 0) {
          out.append(',');
        }
        append(out, list.get(i));
      }
      out.append(']');
    } else {
      throw new IllegalArgumentException(
          "Invalid seed part: " + part + " (expected text, integers or lists of these)");
    }
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> appendCharacter(out, c);
      }
    }
    out.append('"');
  }

  private static void appendCharacter(StringBuilder out, char c) {
    if (c >= 0x20 && c <= 0x7E) {
      out.append(c);
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xF, 16));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash a seed: the JVM has no SHA-256", e);
    }
  }
}
