package org.nbvrollouts.jobs.shard;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.store.commit.ShardBuildException;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.rollout.LazyRolloutSource;

/**
 * The source of a campaign as shards see it: rows by their manifest identity, meshes from the cache
 * of the process. Thread-safe.
 */
final class ShardSource {
  private final LazyRolloutSource source;
  private final SceneMeshCache meshes;
  private final Path directory;

  private ShardSource(LazyRolloutSource source, SceneMeshCache meshes, Path directory) {
    this.source = source;
    this.meshes = meshes;
    this.directory = directory;
  }

  static ShardSource open(Path directory, SceneMeshCache meshes) {
    return new ShardSource(LazyRolloutSource.open(directory), meshes, directory);
  }

  /** What a task finds, for the comparison with what an entry expects. */
  ShardInputs inputs(String writerConfigHash) {
    return new ShardInputs(
        writerConfigHash, source.sourceManifestHash(), source.sourceCacheVersion());
  }

  /**
   * Looks for all rows of a shard and the files they need, before work is spent on one of them.
   *
   * @throws ShardBuildException if a file is not that of the manifest, or the source does not have
   *     a row like this
   */
  void check(List<RolloutShardRow> rows) {
    InputProblems problems = new InputProblems();
    Map<RolloutShardRow, Optional<SampleIdentity>> found = new LinkedHashMap<>();
    for (RolloutShardRow row : rows) {
      try {
        found.put(row, source.find(row.sampleIndex()));
      } catch (RefusedInputException refused) {
        problems.addNew(refused);
      }
    }
    if (!problems.isEmpty()) {
      throw new ShardBuildException(FailureKind.SOURCE_DRIFT, String.join("\n", problems.lines()));
    }
    found.forEach(this::compare);
  }

  private void compare(RolloutShardRow row, Optional<SampleIdentity> found) {
    if (found.isEmpty()) {
      throw new ShardBuildException(
          FailureKind.ROW_NOT_EXPOSED,
          "Cannot build row: the source has no such row (sample_index="
              + row.sampleIndex()
              + ", source="
              + directory
              + ")");
    }
    if (!found.get().equals(row.identity())) {
      throw new ShardBuildException(
          FailureKind.ROW_IDENTITY_MISMATCH,
          "Cannot build row: the source has another row there (expected="
              + row.identity()
              + ", found="
              + found.get()
              + ", source="
              + directory
              + ")");
    }
  }

  /** Loads the row of a manifest; refuses a row that the source does not have like this. */
  SourceSample sample(RolloutShardRow row) {
    SourceSample sample =
        orElseThrow(FailureKind.SNIPPET_UNREADABLE, () -> source.load(row.sampleIndex()));
    compare(row, Optional.of(sample.identity()));
    return sample;
  }

  /** The mesh of a row with its search structure, shared by every task of the process. */
  SceneMesh mesh(MeshReference reference) throws InterruptedException {
    return meshes.meshOf(
        reference,
        () ->
            SceneMesh.of(
                orElseThrow(
                    FailureKind.MESH_HASH_MISMATCH, () -> source.loadMesh(reference.sha256())),
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
