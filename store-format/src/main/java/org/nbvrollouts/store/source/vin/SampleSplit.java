package org.nbvrollouts.store.source.vin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The sample-level split of VIN offline stores (specification source 5.1). Snippets of one scene
 * land on both sides; it is here to repeat and to check such splits.
 */
public final class SampleSplit {
  /** Name of the policy, as manifests record it. */
  public static final String POLICY = "sha1(sample_key)";

  static final String VAL = "val";

  private SampleSplit() {}

  /**
   * Number of rows in val: the fraction of all rows, rounded half to even, at least none and at
   * most all.
   */
  public static int valCount(int rows, double valFraction) {
    return (int) Math.max(0, Math.min(rows, Math.rint(valFraction * rows)));
  }

  /**
   * The keys in val: the first by SHA-1 of the key, then by the key.
   *
   * @param valCount number of rows in val, at most as many as keys
   */
  public static Set<String> val(Collection<String> sampleKeys, int valCount) {
    List<String> ranked = new ArrayList<>(sampleKeys);
    ranked.sort(Comparator.comparing(SampleSplit::rank).thenComparing(Comparator.naturalOrder()));
    return new HashSet<>(ranked.subList(0, valCount));
  }

  /** SHA-1 of the UTF-8 bytes of a key, 40 hex digits. */
  static String rank(String sampleKey) {
    return ReferenceHashes.sha1Hex(sampleKey.getBytes(StandardCharsets.UTF_8));
  }
}
