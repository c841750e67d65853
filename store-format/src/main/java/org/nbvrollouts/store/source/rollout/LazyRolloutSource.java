package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.rollout.RolloutSourceManifest.SourceFile;

/**
 * Reads single rows of a rollout source v1 that was read as a whole when its campaign was planned.
 * Opening reads the manifest, which is all that is held of the source beside a few footers; the
 * files of a row are compared with the manifest when the row is asked for. Rows ascend by {@code
 * sample_index} (specification source 11.2), so one is found without an index of all. Thread-safe;
 * never writes (rule S-13).
 */
public final class LazyRolloutSource {
  /** A footer takes some 16 kB for each row of its file, so 32 MiB however many rows there are. */
  private static final long MOST_ROWS_HELD = 2048;

  private final Path directory;
  private final String manifestHash;
  private final SampleFiles files;
  private final Map<String, SourceFile> meshes = new HashMap<>();

  private LazyRolloutSource(
      Path directory,
      RolloutSourceManifest manifest,
      String manifestHash,
      Function<Path, InputFile> inputs) {
    this.directory = directory;
    this.manifestHash = manifestHash;
    this.files = new SampleFiles(directory, manifest.sampleFiles(), inputs, MOST_ROWS_HELD);
    manifest.meshes().forEach(mesh -> meshes.put(mesh.sha256(), mesh));
  }

  /**
   * Opens a source folder by its manifest.
   *
   * @throws RefusedInputException if the manifest breaks a rule (S-1)
   */
  public static LazyRolloutSource open(Path directory) {
    return open(directory, LocalInputFile::new);
  }

  static LazyRolloutSource open(Path directory, Function<Path, InputFile> inputs) {
    byte[] bytes = RolloutSourceReader.readManifest(directory);
    return new LazyRolloutSource(
        directory,
        RolloutSourceReader.parseManifest(bytes, directory),
        RolloutSourceManifest.hash(bytes),
        inputs);
  }

  /**
   * Who the row of an index is; empty if there is none.
   *
   * @throws RefusedInputException if the file of the row or that of its mesh is not what the
   *     manifest says, or the row cannot be read
   */
  public Optional<SampleIdentity> find(long sampleIndex) {
    return entry(sampleIndex).map(SampleIndex.Entry::identity);
  }

  /**
   * Loads one sample and verifies its {@code row_sha256}.
   *
   * @throws RefusedInputException as {@link #find}, or if there is no such sample or its content is
   *     not what was written
   */
  public SourceSample load(long sampleIndex) {
    SampleIndex.Entry entry =
        entry(sampleIndex)
            .orElseThrow(
                () -> RolloutSourceReader.noSuchIndex(sampleIndex, files.rows(), directory));
    return RolloutSourceReader.load(entry.file(), entry.row());
  }

  /** A row lies nowhere behind the position of its index, and exactly there if none is left out. */
  private Optional<SampleIndex.Entry> entry(long sampleIndex) {
    long low = 0;
    long high = Math.min(sampleIndex, files.rows() - 1);
    long position = high;
    while (low <= high) {
      SampleIndex.Entry entry = files.entry(position);
      long found = entry.identity().sampleIndex();
      if (found == sampleIndex) {
        checkMesh(entry);
        return Optional.of(entry);
      }
      if (found < sampleIndex) {
        low = position + 1;
      } else {
        high = position - 1;
      }
      position = (low + high) >>> 1;
    }
    return Optional.empty();
  }

  private void checkMesh(SampleIndex.Entry entry) {
    InputProblems problems = new InputProblems();
    SampleScan.checkMesh(entry, meshes.keySet(), problems);
    problems.refuseIfAny();
    SampleScan.checkSize(directory, meshes.get(entry.mesh().sha256()), problems);
    problems.refuseIfAny();
  }

  /**
   * Loads a mesh and verifies that the bytes of its file have this SHA-256.
   *
   * @throws RefusedInputException as {@link RolloutSourceReader#loadMesh}
   */
  public TriangleMesh loadMesh(String sha256) {
    return RolloutSourceReader.loadMesh(directory, sha256, meshes.containsKey(sha256));
  }

  /** As {@link RolloutSourceReader#sourceManifestHash}. */
  public String sourceManifestHash() {
    return manifestHash;
  }

  /** As {@link RolloutSourceReader#sourceCacheVersion}. */
  public String sourceCacheVersion() {
    return RolloutSourceReader.SOURCE_CACHE_VERSION;
  }
}
