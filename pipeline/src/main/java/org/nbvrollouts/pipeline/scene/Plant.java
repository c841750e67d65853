package org.nbvrollouts.pipeline.scene;

/** A potted plant: lathed pot, stems, curved leaves with one open side. */
record Plant(
    double potRadius, double potHeight, double height, double spread, int leaves, long seed)
    implements Furniture {
  static Plant floor(SceneRandom random) {
    return new Plant(
        random.uniform(0.14, 0.2),
        random.uniform(0.26, 0.36),
        random.uniform(0.9, 1.5),
        random.uniform(0.28, 0.4),
        24 + random.below(28),
        (long) random.uniform(0, 1e9));
  }

  static Plant small(SceneRandom random) {
    return new Plant(
        random.uniform(0.05, 0.08),
        random.uniform(0.08, 0.12),
        random.uniform(0.22, 0.34),
        random.uniform(0.11, 0.16),
        14 + random.below(12),
        (long) random.uniform(0, 1e9));
  }

  @Override
  public ObjectClass objectClass() {
    return ObjectClass.PLANT;
  }

  @Override
  public double width() {
    return 2 * spread;
  }

  @Override
  public double depth() {
    return 2 * spread;
  }

  @Override
  public void draw(Brush brush) {
    double rim = potRadius;
    CurvedSolids.revolve(
        brush,
        28,
        3,
        Profile.from(0, 0)
            .to(rim * 0.7, 0)
            .to(rim * 0.85, potHeight * 0.5)
            .to(rim, potHeight)
            .to(rim * 0.93, potHeight)
            .to(rim * 0.88, potHeight * 0.85)
            .to(0, potHeight * 0.87));
    SceneRandom random = new SceneRandom(seed);
    for (int leaf = 0; leaf < leaves; leaf++) {
      double heading = 2 * Math.PI * (leaf * 0.381966 + random.uniform(-0.04, 0.04));
      double start =
          potHeight + (height - potHeight) * (0.1 + 0.6 * leaf / leaves) * random.uniform(0.8, 1);
      leaf(brush.in(Frames.yaw(heading, 0, 0, 0)), random, start);
    }
    Tube.draw(
        brush,
        8,
        potRadius * 0.09,
        0,
        0,
        potHeight * 0.8,
        0.01,
        0,
        (potHeight + height) / 2,
        0,
        0,
        height * 0.86);
  }

  /** One leaf on a stalk: rises, bends over and droops, folded along its middle. */
  private void leaf(Brush brush, SceneRandom random, double start) {
    double reach = spread * random.uniform(0.75, 0.98);
    double rise = Math.min(height - start, reach * random.uniform(0.5, 1.3));
    double droop = rise * random.uniform(0.3, 0.9);
    double halfWidth = reach * random.uniform(0.16, 0.26);
    Tube.draw(
        brush,
        6,
        potRadius * 0.03,
        0,
        0,
        start,
        reach * 0.15,
        0,
        start + rise * 0.45,
        reach * 0.32,
        0,
        start + rise * 0.78);
    GridSurface.draw(
        brush,
        brush.segments(10, 4),
        brush.segments(7, 3),
        GridSurface.Seam.OPEN,
        (b, u, v) -> {
          double x = reach * (0.3 + 0.66 * u);
          double arch = StrictMath.sin(Math.PI * 0.5 * Math.min(1, u * 1.6 + 0.55));
          double z = start + rise * arch - droop * u * u;
          double side = (2 * v - 1) * halfWidth * StrictMath.sin(Math.PI * (0.06 + 0.93 * u));
          return b.vertex(x, side, z + 0.35 * Math.abs(side));
        });
  }
}
