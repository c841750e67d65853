package org.nbvrollouts.pipeline.reference;

/**
 * Error of a point cloud against faces, m² (specification generation 6.3).
 *
 * @param accuracy mean over points of the squared distance to the nearest face
 * @param completeness mean over faces of the squared distance to the nearest point
 */
public record ReferenceError(double accuracy, double completeness) {

  /** Accuracy plus completeness, m². */
  public double distance() {
    return accuracy + completeness;
  }
}
