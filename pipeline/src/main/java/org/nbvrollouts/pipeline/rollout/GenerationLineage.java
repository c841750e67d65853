package org.nbvrollouts.pipeline.rollout;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * What every record of a shard says of its configuration and source (specification source 9). Hash
 * texts are opaque here.
 */
public record GenerationLineage(
    String candidateConfigHash,
    String oracleConfigHash,
    String rolloutConfigHash,
    String sourceManifestHash,
    String splitManifestHash,
    String sourceCacheVersion) {

  public GenerationLineage {
    ConfigCheck.notBlank("candidate config hash", candidateConfigHash);
    ConfigCheck.notBlank("oracle config hash", oracleConfigHash);
    ConfigCheck.notBlank("rollout config hash", rolloutConfigHash);
    ConfigCheck.notBlank("source manifest hash", sourceManifestHash);
    ConfigCheck.notBlank("split manifest hash", splitManifestHash);
    ConfigCheck.notBlank("source cache version", sourceCacheVersion);
  }
}
