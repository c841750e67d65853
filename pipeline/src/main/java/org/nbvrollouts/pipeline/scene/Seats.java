package org.nbvrollouts.pipeline.scene;

/** Chairs, stools and sofas. */
final class Seats {
  private Seats() {}

  /** A dining chair: round legs, padded seat, curved back rest of slats. */
  record Chair(double width, double depth, double seatHeight, double height, int slats)
      implements Furniture {
    static Chair random(SceneRandom random) {
      return new Chair(
          random.uniform(0.42, 0.47),
          random.uniform(0.44, 0.5),
          random.uniform(0.44, 0.47),
          random.uniform(0.82, 0.96),
          2 + random.below(3));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.CHAIR;
    }

    @Override
    public void draw(Brush brush) {
      double x = width / 2 - 0.025;
      double front = depth / 2 - 0.03;
      double back = -depth / 2 + 0.06;
      CurvedSolids.superellipsoid(
          brush.at(0, 0.015, seatHeight - 0.025), 30, width / 2, depth / 2 - 0.015, 0.03, 0.35);
      for (double side : new double[] {-x, x}) {
        Tube.draw(brush, 9, 0.017, side, front, 0, side, front, seatHeight - 0.03);
        Tube.draw(
            brush,
            9,
            0.017,
            side,
            back,
            0,
            side,
            back,
            seatHeight * 0.5,
            side,
            back,
            seatHeight,
            side,
            back - 0.012,
            (seatHeight + height) / 2,
            side,
            back - 0.04,
            height);
        Tube.draw(brush, 7, 0.01, side, front, 0.2, side, back, 0.2);
      }
      for (int slat = 0; slat < slats; slat++) {
        double z = height - 0.04 - slat * (height - seatHeight - 0.08) / slats;
        double lean = back - 0.04 * (z - seatHeight) / (height - seatHeight);
        slat(brush, z, lean, x);
      }
    }

    private static void slat(Brush brush, double z, double y, double halfWidth) {
      GridSurface.draw(
          brush,
          brush.segments(10, 6),
          brush.segments(10, 6),
          GridSurface.Seam.CLOSED_U,
          (b, u, v) -> {
            double along = 2 * v - 1;
            double bow = -0.018 * (1 - along * along);
            double angle = 2 * Math.PI * u;
            return b.vertex(
                along * halfWidth,
                y + bow + 0.009 * StrictMath.sin(angle),
                z - 0.032 * StrictMath.cos(angle));
          });
    }
  }

  /** A round stool on three splayed legs. */
  record Stool(double radius, double height) implements Furniture {
    static Stool random(SceneRandom random) {
      return new Stool(random.uniform(0.15, 0.19), random.uniform(0.44, 0.65));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.STOOL;
    }

    @Override
    public double width() {
      return 2.2 * radius;
    }

    @Override
    public double depth() {
      return 2.2 * radius;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.superellipsoid(brush.at(0, 0, height - 0.025), 28, radius, radius, 0.025, 0.6);
      for (int leg = 0; leg < 3; leg++) {
        double angle = 2 * Math.PI * leg / 3 + 0.5;
        double x = StrictMath.cos(angle);
        double y = StrictMath.sin(angle);
        Tube.draw(
            brush,
            9,
            0.014,
            x * radius,
            y * radius,
            0.004,
            x * radius * 0.6,
            y * radius * 0.6,
            height - 0.03);
      }
      CurvedSolids.torus(brush.at(0, 0, height * 0.35), 30, 7, radius * 0.83, 0.008);
    }
  }

  /** A sofa or armchair of rounded cushions. */
  record Sofa(int seats, double seatWidth, double depth, double height) implements Furniture {
    private static final double ARM = 0.2;

    static Sofa random(SceneRandom random, int seats) {
      return new Sofa(
          seats, random.uniform(0.6, 0.72), random.uniform(0.85, 0.98), random.uniform(0.75, 0.88));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.SOFA;
    }

    @Override
    public double width() {
      return seats * seatWidth + 2 * ARM;
    }

    @Override
    public void draw(Brush brush) {
      double half = width() / 2;
      Blocks.rounded(brush.at(0, 0, 0.19), width() - 0.06, depth - 0.06, 0.18, 0.04, 7);
      for (double side : new double[] {-1, 1}) {
        CurvedSolids.superellipsoid(
            brush.at(side * (half - ARM / 2), 0, 0.34), 30, ARM / 2, depth / 2, 0.26, 0.4);
        for (double end : new double[] {-1, 1}) {
          CurvedSolids.frustum(
              brush.at(side * (half - 0.1), end * (depth / 2 - 0.1), 0), 12, 0.018, 0.026, 0.12);
        }
      }
      for (int seat = 0; seat < seats; seat++) {
        double x = (seat - (seats - 1) / 2.0) * seatWidth;
        CurvedSolids.superellipsoid(
            brush.at(x, 0.1, 0.36), 36, seatWidth / 2 - 0.005, depth / 2 - 0.12, 0.1, 0.45);
        CurvedSolids.superellipsoid(
            brush.at(x, -depth / 2 + 0.2, (height + 0.42) / 2).in(Frames.tiltAboutX(0.17)),
            36,
            seatWidth / 2 - 0.01,
            0.12,
            (height - 0.42) / 2 - 0.01,
            0.5);
      }
      Blocks.rounded(
          brush.at(0, -depth / 2 + 0.07, (height + 0.2) / 2 - 0.03),
          width() - 0.3,
          0.12,
          height - 0.26,
          0.05,
          6);
    }
  }

  /** A throw cushion that leans against a back rest. */
  record Cushion(double side, double leanRadians) implements Furniture {
    static Cushion random(SceneRandom random) {
      return new Cushion(random.uniform(0.36, 0.46), random.uniform(0.2, 0.4));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.CUSHION;
    }

    @Override
    public double width() {
      return side;
    }

    @Override
    public double depth() {
      return 0.25;
    }

    @Override
    public double height() {
      return side;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.superellipsoid(
          brush.at(0, 0, side / 2).in(Frames.tiltAboutX(leanRadians)),
          30,
          side / 2,
          0.07,
          side / 2,
          0.5);
    }
  }
}
