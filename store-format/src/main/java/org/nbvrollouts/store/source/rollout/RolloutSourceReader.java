package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.List;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Reads a rollout source v1 (specification source 11.2). Opening reads the manifest and the
 * identity columns; a sample costs one row group. Immutable and thread-safe; never writes (rule
 * S-13).
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RolloutSourceReader {
  /** {@code source_cache_version} of every rollout source v1 (design D-29). */
  public static final String SOURCE_CACHE_VERSION = "rollout-source-v1";

  private RolloutSourceReader() {}

  /**
   * Opens a source folder.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if the manifest, the files or the
   *     identities break a rule (S-1, S-2, S-10); all problems are listed, one per line
   */
  public static RolloutSourceReader open(Path directory) {
    throw new UnsupportedOperationException();
  }

  /** All identities by ascending {@code sampleIndex}. */
  public List<SampleIdentity> identities() {
    throw new UnsupportedOperationException();
  }

  /** Mesh of a sample, known without loading the sample. */
  public MeshReference meshReference(long sampleIndex) {
    throw new UnsupportedOperationException();
  }

  /**
   * Loads one sample and verifies its {@code row_sha256}. Reads only the row group of that sample.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if there is no such sample or its
   *     content is not what was written
   */
  public SourceSample load(long sampleIndex) {
    throw new UnsupportedOperationException();
  }

  /**
   * Loads a mesh and verifies that the bytes of its file have this SHA-256.
   *
   * @param sha256 64 lower-case hex digits
   */
  public TriangleMesh loadMesh(String sha256) {
    throw new UnsupportedOperationException();
  }

  /** First 16 hex digits of the SHA-256 over the bytes of {@code manifest.json} (design D-29). */
  public String sourceManifestHash() {
    throw new UnsupportedOperationException();
  }

  /** Always {@link #SOURCE_CACHE_VERSION}. */
  public String sourceCacheVersion() {
    return SOURCE_CACHE_VERSION;
  }
}
