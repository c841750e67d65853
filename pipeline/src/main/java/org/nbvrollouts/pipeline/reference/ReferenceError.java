package org.nbvrollouts.pipeline.reference;

/**
 * Error of a point cloud against faces, m² (specification generation 6.3).
 *
 * @param accuracy mean over points of the squared distance to the nearest face
 * @param completeness mean over faces of the squared distance to the nearest point
 */
public record ReferenceError(double accuracy, double completeness) {

  /**
   * The means of two lists of squared distances, m², summed in their order.
   *
   * @param pointsToFaces of each point to its nearest face
   * @param facesToPoints of each face to its nearest point
   */
  static ReferenceError of(double[] pointsToFaces, double[] facesToPoints) {
    return new ReferenceError(mean(pointsToFaces), mean(facesToPoints));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Accuracy plus completeness, m². */
  public double distance() {
    return accuracy + completeness;
  }
}
