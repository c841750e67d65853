package org.nbvrollouts.jobs.shard;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.store.commit.ShardBuildException;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;

/**
 * The source of a campaign as shards see it: rows by their manifest identity, meshes from the cache
 * of the process. Thread-safe.
 */
final class ShardSource {
  private final RolloutSourceReader reader;
  private final SceneMeshCache meshes;
  private final Path directory;
  private final Map<Long, SampleIdentity> identities;

  private ShardSource(RolloutSourceReader reader, SceneMeshCache meshes, Path directory) {
    this.reader = reader;
    this.meshes = meshes;
    this.directory = directory;
    this.identities =
        reader.identities().stream()
            .collect(Collectors.toMap(SampleIdentity::sampleIndex, Function.identity()));
  }

  static ShardSource open(Path directory, SceneMeshCache meshes) {
    return new ShardSource(RolloutSourceReader.open(directory), meshes, directory);
  }

  /** What a task finds, for the comparison with what an entry expects. */
  ShardInputs inputs(String writerConfigHash) {
    return new ShardInputs(
        writerConfigHash, reader.sourceManifestHash(), reader.sourceCacheVersion());
  }

  /** Loads the row of a manifest; refuses a row that the source does not have like this. */
  SourceSample sample(RolloutShardRow row) {
    SampleIdentity found = identities.get(row.sampleIndex());
    if (found == null) {
      throw new ShardBuildException(
          FailureKind.ROW_NOT_EXPOSED,
          "Cannot build row: the source has no such row (sample_index="
              + row.sampleIndex()
              + ", source="
              + directory
              + ")");
    }
    if (!found.equals(row.identity())) {
      throw new ShardBuildException(
          FailureKind.ROW_IDENTITY_MISMATCH,
          "Cannot build row: the source has another row there (expected="
              + row.identity()
              + ", found="
              + found
              + ", source="
              + directory
              + ")");
    }
    return orElseThrow(FailureKind.SNIPPET_UNREADABLE, () -> reader.load(row.sampleIndex()));
  }

  /** The mesh of a row with its search structure, shared by every task of the process. */
  SceneMesh mesh(MeshReference reference) throws InterruptedException {
    return meshes.meshOf(
        reference,
        () ->
            SceneMesh.of(
                orElseThrow(
                    FailureKind.MESH_HASH_MISMATCH, () -> reader.loadMesh(reference.sha256())),
                reference.sha256()));
  }

  /** Content that cannot be read says what it was; a storage that fails stays what it is. */
  private static <T> T orElseThrow(FailureKind kind, Supplier<T> load) {
    try {
      return load.get();
    } catch (EnvironmentException e) {
      throw e;
    } catch (NbvException e) {
      throw new ShardBuildException(kind, e.getMessage(), e);
    }
  }
}
