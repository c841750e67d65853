package org.nbvrollouts.store.source.vin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The sample-level split of VIN offline stores (specification source 5.1). Snippets of one scene
 * land on both sides; it is here to check that a store has the split of its policy.
 */
final class SampleSplit {
  /** Name of the policy, as manifests record it. */
  static final String POLICY = "sha1(sample_key)";

  static final String VAL = "val";

  private SampleSplit() {}

  /**
   * The keys in val: the first by SHA-1 of the key, then by the key.
   *
   * @param valCount number of rows in val, at most as many as keys
   */
  static Set<String> val(Collection<String> sampleKeys, int valCount) {
    List<String> ranked = new ArrayList<>(sampleKeys);
    ranked.sort(Comparator.comparing(SampleSplit::rank).thenComparing(Comparator.naturalOrder()));
    return new HashSet<>(ranked.subList(0, valCount));
  }

  /** SHA-1 of the UTF-8 bytes of a key, 40 hex digits. */
  static String rank(String sampleKey) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(sampleKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot rank sample keys: the JVM has no SHA-1", e);
    }
  }
}
