package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.bundle.SparsePointSampler;

/**
 * Samples semidense points by casting rays through random pixels of the logged cameras, with noise
 * that grows with the squared distance. Deterministic per sample key.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class VisiblePointSampler implements SparsePointSampler {
  private final int pointsPerSnippet;

  public VisiblePointSampler(int pointsPerSnippet) {
    this.pointsPerSnippet = pointsPerSnippet;
  }

  @Override
  public SceneSampler prepare(TriangleMesh mesh) {
    throw new UnsupportedOperationException("Cannot sample " + pointsPerSnippet + " points");
  }
}
