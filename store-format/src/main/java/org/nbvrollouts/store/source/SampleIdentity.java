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
    long sourceShardRow) {}
