package org.nbvrollouts.store.source.vin;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What {@code manifest.json} of a VIN offline store says (specification source 4).
 *
 * @param version 7 or 8
 * @param sourceManifestHash first 16 hex digits of the SHA-256 over the bytes of the file
 * @param writtenByReference whether the bytes are what the reference writes for these values; if
 *     not, the hash differs from the one the reference computes
 * @param splitPolicy how rows got their split, or {@code unknown}
 * @param stats counts; those the file leaves out are absent
 * @param shards in row order
 */
public record VinManifest(
    long version,
    String sourceManifestHash,
    boolean writtenByReference,
    String splitPolicy,
    Stats stats,
    List<VinShard> shards) {
  /** Name of the manifest file. */
  public static final String FILE_NAME = "manifest.json";

  /** Versions that are read (rule S-1). */
  public static final List<Long> SUPPORTED_VERSIONS = List.of(7L, 8L);

  private static final int HASH_DIGITS = 16;

  public VinManifest {
    shards = List.copyOf(shards);
  }

  /**
   * Counts of a store.
   *
   * @param interrupted whether the writing run was stopped (rule S-11)
   */
  public record Stats(
      OptionalLong samples,
      OptionalLong shards,
      OptionalLong train,
      OptionalLong val,
      boolean interrupted) {}

  /** Number of shards. */
  public int shardCount() {
    return shards.size();
  }

  /** Logical names of all blocks of all shards, sorted. */
  public Set<String> blockNames() {
    Set<String> names = new TreeSet<>();
    shards.forEach(shard -> names.addAll(shard.blocks().keySet()));
    return names;
  }

  /** Number of shards that have a block. */
  public long shardsWith(String block) {
    return shards.stream().filter(shard -> shard.blocks().containsKey(block)).count();
  }

  /**
   * The source manifest hash (specification source 9.2). The reference hashes what it decoded and
   * encoded again, which gives the bytes of the file for every file that it wrote.
   */
  static String hash(byte[] manifest) {
    return CanonicalJson.sha256Hex(manifest).substring(0, HASH_DIGITS);
  }
}
