package org.nbvrollouts.pipeline.scene;

/** A bicycle that stands upright: thin tubes, tori and spokes. Rides along x. */
record Bicycle(double wheelRadius) implements Furniture {
  private static final double[] FORWARD = {1, 0, 0};
  private static final double[] UP = {0, 0, 1};

  static Bicycle random(SceneRandom random) {
    return new Bicycle(random.uniform(0.3, 0.34));
  }

  @Override
  public ObjectClass objectClass() {
    return ObjectClass.BICYCLE;
  }

  @Override
  public double width() {
    return 1.04 + 2 * wheelRadius;
  }

  @Override
  public double depth() {
    return 0.56;
  }

  @Override
  public double height() {
    return 1.05;
  }

  @Override
  public void draw(Brush brush) {
    double r = wheelRadius;
    wheel(brush.at(-0.52, 0, r));
    wheel(brush.at(0.5, 0, r));
    double crank = r - 0.05;
    double[] seat = {-0.22, 0, 0.84};
    double[] head = {0.34, 0, 0.8};
    Tube.draw(brush, 9, 0.016, -0.08, 0, crank, seat[0], 0, seat[2]);
    Tube.draw(brush, 9, 0.018, -0.08, 0, crank, 0.36, 0, 0.7);
    Tube.draw(brush, 9, 0.016, -0.2, 0, 0.76, head[0], 0, head[2]);
    Tube.draw(brush, 9, 0.017, 0.37, 0, 0.66, 0.31, 0, 0.95);
    for (double side : new double[] {-0.045, 0.045}) {
      Tube.draw(brush, 7, 0.009, -0.52, side, r, -0.21, side * 0.3, 0.74);
      Tube.draw(brush, 7, 0.01, -0.52, side, r, -0.08, side * 0.6, crank);
      Tube.draw(brush, 7, 0.01, 0.5, side, r, 0.43, side, 0.5, 0.37, side * 0.7, 0.67);
    }
    CurvedSolids.superellipsoid(brush.at(seat[0], 0, 0.87), 22, 0.13, 0.07, 0.03, 0.9);
    Tube.draw(
        brush, 9, 0.012, 0.22, -0.27, 0.97, 0.31, -0.16, 0.96, 0.31, 0, 0.95, 0.31, 0.16, 0.96,
        0.22, 0.27, 0.97);
    CurvedSolids.torus(
        brush.at(-0.08, -0.06, crank).in(Frames.tiltAboutX(Math.PI / 2)), 30, 6, 0.09, 0.006);
    Tube.draw(brush, 7, 0.009, -0.08, -0.08, crank, 0.04, -0.1, crank - 0.11);
    Tube.draw(brush, 7, 0.009, -0.08, 0.06, crank, -0.2, 0.09, crank + 0.11);
  }

  private void wheel(Brush brush) {
    CurvedSolids.torus(brush.in(Frames.tiltAboutX(Math.PI / 2)), 56, 9, wheelRadius - 0.019, 0.019);
    CurvedSolids.frustum(
        brush.at(0, 0.04, 0).in(Frames.tiltAboutX(Math.PI / 2)), 12, 0.02, 0.02, 0.08);
    double[] rim = Tube.arc(20, new double[3], scaled(FORWARD), scaled(UP), 0, 2 * Math.PI);
    for (int spoke = 0; spoke < 20; spoke++) {
      double side = spoke % 2 == 0 ? 0.03 : -0.03;
      Tube.draw(
          brush, 3, 0.0015, 0, side, 0, rim[3 * spoke], rim[3 * spoke + 1], rim[3 * spoke + 2]);
    }
  }

  private double[] scaled(double[] axis) {
    double length = wheelRadius - 0.03;
    return new double[] {axis[0] * length, axis[1] * length, axis[2] * length};
  }
}
