package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Writes one rollout source v1 (specification source 11.2) into a folder that must be absent or
 * empty. Everything goes into a hidden sibling first and is moved in one step by {@link #finish};
 * closing without finishing leaves nothing behind. The bytes depend only on provenance, meshes and
 * samples. Floating-point values are stored as float32. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RolloutSourceWriter implements AutoCloseable {
  private RolloutSourceWriter() {}

  /**
   * Starts a source.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if {@code output} exists and is not
   *     an empty folder
   */
  public static RolloutSourceWriter create(Path output, SourceProvenance provenance) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes a mesh as {@code meshes/<sha256>.ply} unless an equal one is there, and returns the
   * reference that samples carry.
   */
  public MeshReference addMesh(TriangleMesh mesh) {
    throw new UnsupportedOperationException();
  }

  /**
   * Appends one row. Indices must ascend from 0 without a gap; the mesh must have been added; a
   * repeated sample key or (scene, snippet) pair is refused (rule S-2). Padding box rows are left
   * out (rule S-3).
   *
   * @return the identity as stored; an empty {@code sourceShardId} is replaced by the Parquet part
   *     and row that hold the sample
   */
  public SampleIdentity addSample(SourceSample sample) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the manifest and moves the source to its place.
   *
   * @return the source manifest hash, 16 hex digits (design D-29)
   */
  public String finish() {
    throw new UnsupportedOperationException();
  }

  /** Removes the unfinished source, if {@link #finish} has not been called. */
  @Override
  public void close() {}
}
