package org.nbvrollouts.store.source;

/**
 * Who a sample is, everywhere and for ever (specification source 11.2).
 *
 * @param sampleIndex unique, 0-based, ordering key
 * @param sampleKey stable text key
 * @param split {@code train}, {@code val}, {@code test}
 * @param sourceShardId where the row is stored
 * @param sourceShardRow 0-based row in that shard
 */
public record SampleIdentity(
    long sampleIndex,
    String sampleKey,
    String sceneId,
    String snippetId,
    String split,
    String sourceShardId,
    long sourceShardRow) {

  /**
   * The sample key {@code <scene>::<snippet>} of specification source 3.1: in each part every run
   * of characters outside {@code [0-9A-Za-z._-]} becomes one underscore, and underscores at both
   * ends are removed.
   */
  public static String keyOf(String sceneId, String snippetId) {
    return sanitised(sceneId) + "::" + sanitised(snippetId);
  }

  private static String sanitised(String text) {
    return text.replaceAll("[^0-9A-Za-z._-]+", "_").replaceAll("^_+|_+$", "");
  }
}
