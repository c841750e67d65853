package org.nbvrollouts.store.source;

import java.util.Optional;

/**
 * Semidense points of a snippet.
 *
 * @param pointsWorld finite points in source order
 * @param inverseDistanceStd quality per point, 1/m, or empty
 * @param frames frame number per point, or empty
 */
public record SparsePoints(
    PointCloud pointsWorld, Optional<FloatColumn> inverseDistanceStd, Optional<IntColumn> frames) {

  public SparsePoints {
    if (inverseDistanceStd.isPresent() && inverseDistanceStd.get().length() != pointsWorld.size()) {
      throw new IllegalArgumentException(
          "Invalid sparse points: "
              + inverseDistanceStd.get().length()
              + " quality values for "
              + pointsWorld.size()
              + " points");
    }
    if (frames.isPresent() && frames.get().length() != pointsWorld.size()) {
      throw new IllegalArgumentException(
          "Invalid sparse points: "
              + frames.get().length()
              + " frame numbers for "
              + pointsWorld.size()
              + " points");
    }
  }
}
