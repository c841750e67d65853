package org.nbvrollouts.pipeline.oracle;

/**
 * Error of a point cloud against a mesh, m² (specification generation 6.3).
 *
 * @param accuracy mean over points of the squared distance to the nearest face
 * @param completeness mean over faces of the squared distance to the nearest point
 */
public record PointMeshError(double accuracy, double completeness) {

  /** Accuracy plus completeness, m². */
  public double distance() {
    return accuracy + completeness;
  }
}
