package org.nbvrollouts.store.source.vin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Hashes that VIN offline stores and reference rollout lineage carry (specification source 9), over
 * the texts of {@link CanonicalJson}; maps must keep their order.
 */
final class ReferenceHashes {
  private static final int SHORT_DIGITS = 16;

  private ReferenceHashes() {}

  /** 16 hex digits of SHA-256 over compact JSON with the number text of msgspec (9.1). */
  static String stableMsgspecHash(Object value) {
    return shortSha256(CanonicalJson.msgspec(value));
  }

  /** 40 hex digits of SHA-1 over sorted, ASCII JSON with spaces (9.4). */
  static String stableJsonSignature(Object value) {
    return sha1Hex(CanonicalJson.line(value).getBytes(StandardCharsets.UTF_8));
  }

  /** 16 hex digits of SHA-256 over the text that Python prints for the mapping (9.5). */
  static String stableConfigHash(Map<String, ?> config) {
    return shortSha256(PythonText.of(config));
  }

  private static String shortSha256(String text) {
    return CanonicalJson.sha256Hex(text.getBytes(StandardCharsets.UTF_8))
        .substring(0, SHORT_DIGITS);
  }

  /** Lower-case hex SHA-1; identifies, does not protect. */
  static String sha1Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: the JVM has no SHA-1", e);
    }
  }
}
