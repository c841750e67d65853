package org.nbvrollouts.pipeline.scene;

/** A bed: frame with head board, mattress, pillows and a blanket with folds. */
record Bed(double width, double depth, double height, int pillows) implements Furniture {
  private static final double MATTRESS_TOP = 0.5;

  static Bed random(SceneRandom random) {
    boolean wide = random.chance(0.6);
    return new Bed(
        wide ? random.uniform(1.5, 1.8) : random.uniform(0.95, 1.1),
        random.uniform(2.05, 2.15),
        random.uniform(0.9, 1.15),
        wide ? 2 : 1);
  }

  @Override
  public ObjectClass objectClass() {
    return ObjectClass.BED;
  }

  @Override
  public void draw(Brush brush) {
    double back = -depth / 2;
    Blocks.rounded(brush.at(0, back + 0.03, height / 2), width, 0.06, height, 0.02, 8);
    Blocks.rounded(brush.at(0, 0.03, 0.24), width - 0.02, depth - 0.08, 0.16, 0.02, 8);
    Blocks.rounded(brush.at(0, 0.03, 0.39), width - 0.06, depth - 0.12, 0.2, 0.05, 10);
    for (double x : new double[] {-1, 1}) {
      for (double y : new double[] {-0.8, 0.9}) {
        CurvedSolids.frustum(
            brush.at(x * (width / 2 - 0.08), y * (depth / 2 - 0.06), 0), 12, 0.025, 0.03, 0.17);
      }
    }
    double share = (width - 0.1) / pillows;
    for (int pillow = 0; pillow < pillows; pillow++) {
      double x = (pillow - (pillows - 1) / 2.0) * share;
      CurvedSolids.superellipsoid(
          brush.at(x, back + 0.34, MATTRESS_TOP + 0.06).in(Frames.tiltAboutX(-0.12)),
          34,
          Math.min(0.36, share / 2 - 0.02),
          0.22,
          0.075,
          0.6);
    }
    blanket(brush);
  }

  private void blanket(Brush brush) {
    double half = width / 2 - 0.005;
    double hang = 0.22;
    double reach = half + hang;
    double from = -depth / 2 + 0.62;
    double to = depth / 2 - 0.02;
    GridSurface.draw(
        brush,
        brush.segments(60, 16),
        brush.segments(50, 12),
        GridSurface.Seam.OPEN,
        (b, u, v) -> {
          double across = (2 * u - 1) * reach;
          double along = from + (to - from) * v;
          double over = Math.max(0, Math.abs(across) - half);
          double ripple =
              0.008 * StrictMath.sin(9 * across + 4 * along)
                  + 0.006 * StrictMath.sin(17 * along - 5 * across);
          double flare = over * (0.12 + 0.1 * StrictMath.sin(14 * along));
          double x = Math.copySign(Math.min(Math.abs(across), half) + flare, across);
          return b.vertex(x, along, MATTRESS_TOP + 0.025 + ripple - over * 0.95);
        });
  }
}
