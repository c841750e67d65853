package org.nbvrollouts.jobs.origin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.rollout.LazyRolloutSource;

/** Loads what rollouts of one store were made from; keeps the last row and the last mesh. */
final class ChainOrigins {
  private final CampaignConfig config;
  private final RolloutShardEntry entry;
  private final LazyRolloutSource source;
  private final String places;
  private SourceSample sample;
  private List<SelectedTarget> targets;
  private TriangleMesh mesh;
  private String meshSha256 = "";

  private ChainOrigins(
      CampaignConfig config, RolloutShardEntry entry, LazyRolloutSource source, String places) {
    this.config = config;
    this.entry = entry;
    this.source = source;
    this.places = places;
  }

  static ChainOrigins open(
      CampaignConfig config, RolloutShardEntry entry, Path directory, String store) {
    if (!Files.isDirectory(directory)) {
      throw new RefusedInputException(
          "Cannot trace store: its source is not where it was (source="
              + directory
              + ", store="
              + store
              + "). Name its folder with --source");
    }
    String places = "store=" + store + ", source=" + directory;
    LazyRolloutSource source = LazyRolloutSource.open(directory);
    Mismatch.refuse("source", entry.sourceManifestHash(), source.sourceManifestHash(), places);
    Mismatch.refuse(
        "version of the source", entry.sourceCacheVersion(), source.sourceCacheVersion(), places);
    return new ChainOrigins(config, entry, source, places);
  }

  ChainOrigin of(StoredChain chain) {
    checkLineage(chain);
    load(chain.source().integer("sample_index"));
    String version = SceneMesh.meshVersion(mesh, meshSha256);
    Mismatch.refuse("mesh", text(chain.lineage(), "mesh_version_id"), version, places);
    return new ChainOrigin(config, entry, recipe(chain), sample, mesh, version, target(chain));
  }

  private void checkLineage(StoredChain chain) {
    StoredRow lineage = chain.lineage();
    StoredRow row = chain.source();
    Mismatch.refuse(
        "candidate configuration",
        text(lineage, "candidate_config_id"),
        config.hashes().candidate(),
        places);
    Mismatch.refuse(
        "oracle configuration",
        text(lineage, "oracle_config_id"),
        config.hashes().oracle(),
        places);
    Mismatch.refuse(
        "rollout configuration",
        text(lineage, "rollout_config_id"),
        config.hashes().rollout(),
        places);
    Mismatch.refuse(
        "source",
        text(row, "source_offline_store_manifest_hash_id"),
        entry.sourceManifestHash(),
        places);
    Mismatch.refuse(
        "split", text(row, "split_manifest_hash_id"), entry.splitManifestHash(), places);
  }

  private static String text(StoredRow row, String column) {
    return row.text(column).orElse("");
  }

  private void load(long sampleIndex) {
    if (sample != null && sample.identity().sampleIndex() == sampleIndex) {
      return;
    }
    SampleIdentity planned =
        entry.rows().stream()
            .filter(row -> row.sampleIndex() == sampleIndex)
            .map(RolloutShardRow::identity)
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot trace store: its shard entry has no such row (sample_index="
                            + sampleIndex
                            + ", "
                            + places
                            + ")"));
    SourceSample loaded = source.load(sampleIndex);
    Mismatch.refuse("source row", planned, loaded.identity(), places);
    String sha256 = loaded.oracle().mesh().sha256();
    if (!sha256.equals(meshSha256)) {
      mesh = source.loadMesh(sha256);
      meshSha256 = sha256;
    }
    targets =
        config.writer().generation().targetSource().newTargetSource().select(loaded).selected();
    sample = loaded;
  }

  private RolloutRecipeConfig recipe(StoredChain chain) {
    return config.writer().generation().recipes().stream()
        .filter(recipe -> recipe.name().equals(chain.recipeName()))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Cannot trace store: its configuration has no such recipe (recipe="
                        + chain.recipeName()
                        + ", rollout="
                        + chain.id()
                        + ", "
                        + places
                        + ")"));
  }

  private SelectedTarget target(StoredChain chain) {
    String id = text(chain.target(), "target_id");
    return targets.stream()
        .filter(target -> target.actor().targetId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedInputException(
                    "Cannot trace store: the source row does not give this target (target="
                        + id
                        + ", rollout="
                        + chain.id()
                        + ", "
                        + places
                        + ")"));
  }
}
