package org.nbvrollouts.pipeline.reference;

import java.util.List;

/** Spheres around faces. */
final class FaceSpheres {
  private FaceSpheres() {}

  /**
   * Groups of faces.
   *
   * @param marginMetres how far beyond a face its sphere reaches
   */
  static SphereGroups of(List<float[]> corners, double marginMetres) {
    double[] centres = new double[3 * corners.size()];
    double[] radii = new double[corners.size()];
    for (int face = 0; face < radii.length; face++) {
      double[] sphere = sphere(corners.get(face));
      System.arraycopy(sphere, 0, centres, 3 * face, 3);
      radii[face] = sphere[3] + marginMetres;
    }
    return new SphereGroups(centres, radii);
  }

  /** Centre and radius of a sphere that holds a face. */
  static double[] sphere(float[] corners) {
    double[] sphere = new double[4];
    for (int axis = 0; axis < 3; axis++) {
      double sum = (double) corners[axis] + corners[3 + axis] + corners[6 + axis];
      sphere[axis] = sum / 3;
    }
    double radius = 0;
    for (int corner = 0; corner < 3; corner++) {
      double dx = corners[3 * corner] - sphere[0];
      double dy = corners[3 * corner + 1] - sphere[1];
      double dz = corners[3 * corner + 2] - sphere[2];
      radius = Math.max(radius, Math.sqrt(dx * dx + dy * dy + dz * dz));
    }
    sphere[3] = radius + SphereGroups.slack(sphere[0], sphere[1], sphere[2]);
    return sphere;
  }
}
