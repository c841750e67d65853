package org.nbvrollouts.pipeline.candidate;

/**
 * Smallest distance to the mesh over evenly spaced points of a straight move, both ends included
 * (specification generation 4.4). Distance changes by at most the way travelled, so stretches whose
 * ends are far enough from the mesh are skipped without being asked; the minimum over all points
 * stays exact.
 */
final class SampledPath {
  /** Rounding of a distance is far below this, metres. */
  private static final double ROUNDING = 1e-9;

  private final MeshClearance mesh;
  private final Vector3 from;
  private final Vector3 to;
  private final int points;
  private final double spacing;
  private double least;

  private SampledPath(MeshClearance mesh, Vector3 from, Vector3 to, int points) {
    this.mesh = mesh;
    this.from = from;
    this.to = to;
    this.points = points;
    spacing = to.minus(from).norm() / (points - 1);
  }

  /**
   * The smallest distance in metres.
   *
   * @param points at least 2
   */
  static double leastMetres(
      MeshClearance mesh, PathClearance.Place from, PathClearance.Place to, int points) {
    SampledPath path = new SampledPath(mesh, from.world(), to.world(), points);
    path.least = Math.min(from.meshDistance(), to.meshDistance());
    path.visit(0, from.meshDistance(), points - 1, to.meshDistance());
    return path.least;
  }

  private void visit(int low, double lowDistance, int high, double highDistance) {
    double bound = (lowDistance + highDistance - (high - low) * spacing) / 2;
    if (high - low < 2 || bound > least + ROUNDING) {
      return;
    }
    int middle = (low + high) / 2;
    double distance = distanceAt(middle, lowDistance + (middle - low) * spacing + ROUNDING);
    least = Math.min(least, distance);
    visit(low, lowDistance, middle, distance);
    visit(middle, distance, high, highDistance);
  }

  private double distanceAt(int point, double atMostMetres) {
    Vector3 at = from.plus(to.minus(from).times((double) point / (points - 1)));
    return mesh.distanceMetres(at, atMostMetres);
  }
}
