package org.nbvrollouts.pipeline.scene;

/** Things people own: cartons, screens, pictures, toys. */
final class Belongings {
  private Belongings() {}

  /** A cardboard box, open with four flaps, or closed. */
  record Carton(double width, double depth, double height, double flapRadians)
      implements Furniture {
    private static final double WALL = 0.006;

    static Carton random(SceneRandom random) {
      return new Carton(
          random.uniform(0.3, 0.5),
          random.uniform(0.3, 0.42),
          random.uniform(0.22, 0.4),
          random.chance(0.6) ? random.uniform(0.3, 1.1) : 0);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.BOX;
    }

    @Override
    public void draw(Brush brush) {
      double x = width / 2 - 0.03;
      double y = depth / 2 - 0.03;
      double top = height - (flapRadians > 0 ? 0.1 : 0);
      if (flapRadians == 0) {
        Blocks.rounded(brush.at(0, 0, top / 2), 2 * x, 2 * y, top, 0.008, 7);
        return;
      }
      Blocks.box(brush, -x, -y, 0, x, y, WALL);
      Blocks.box(brush, -x, -y, WALL, -x + WALL, y, top);
      Blocks.box(brush, x - WALL, -y, WALL, x, y, top);
      Blocks.box(brush, -x, -y, WALL, x, -y + WALL, top);
      Blocks.box(brush, -x, y - WALL, WALL, x, y, top);
      for (int side = 0; side < 4; side++) {
        double reach = side % 2 == 0 ? y : x;
        double half = side % 2 == 0 ? x : y;
        Brush hinge =
            brush
                .in(Frames.yaw(side * Math.PI / 2, 0, 0, 0))
                .at(0, reach, top)
                .in(Frames.tiltAboutX(Math.PI / 2 - 0.2 - flapRadians * 0.2));
        GridSurface.draw(
            hinge,
            hinge.segments(8, 2),
            hinge.segments(4, 1),
            GridSurface.Seam.OPEN,
            (b, u, v) -> b.vertex((2 * u - 1) * half, v * 0.09, 0.01 * v * v));
      }
    }
  }

  /** A flat screen on a foot. */
  record Screen(double width, double height) implements Furniture {
    static Screen television(SceneRandom random) {
      double width = random.uniform(0.9, 1.3);
      return new Screen(width, width * 0.5625 + 0.1);
    }

    static Screen monitor(SceneRandom random) {
      double width = random.uniform(0.52, 0.65);
      return new Screen(width, width * 0.5625 + 0.14);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.SCREEN;
    }

    @Override
    public double depth() {
      return 0.22;
    }

    @Override
    public void draw(Brush brush) {
      double tall = width * 0.5625;
      Blocks.rounded(brush.at(0, 0, height - tall / 2), width, 0.035, tall, 0.012, 10);
      CurvedSolids.superellipsoid(brush.at(0, 0, 0.008), 30, width * 0.2, 0.11, 0.008, 0.7);
      Blocks.rounded(
          brush.at(0, -0.02, (height - tall + 0.1) / 2),
          0.06,
          0.02,
          height - tall + 0.08,
          0.006,
          2);
    }
  }

  /** A framed picture; the object frame's back lies on the wall. */
  record Picture(double width, double height) implements Furniture {
    static Picture random(SceneRandom random) {
      return new Picture(random.uniform(0.35, 0.9), random.uniform(0.35, 0.7));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.PICTURE;
    }

    @Override
    public double depth() {
      return 0.03;
    }

    @Override
    public void draw(Brush brush) {
      double x = width / 2;
      double z = height / 2;
      double bar = 0.03;
      Brush middle = brush.at(0, 0, z);
      Blocks.box(middle, -x + bar, -0.015, -z + bar, x - bar, -0.003, z - bar);
      Blocks.rounded(middle.at(0, 0, z - bar / 2), width, 0.03, bar, 0.008, 6);
      Blocks.rounded(middle.at(0, 0, -z + bar / 2), width, 0.03, bar, 0.008, 6);
      Blocks.rounded(middle.at(x - bar / 2, 0, 0), bar, 0.03, height - 2 * bar, 0.008, 6);
      Blocks.rounded(middle.at(-x + bar / 2, 0, 0), bar, 0.03, height - 2 * bar, 0.008, 6);
    }
  }

  /** A ball, or a stack of rings for small children. */
  record Toy(double radius, int rings) implements RoundFurniture {
    static Toy random(SceneRandom random) {
      return random.chance(0.5)
          ? new Toy(random.uniform(0.09, 0.16), 0)
          : new Toy(random.uniform(0.08, 0.11), 4);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.TOY;
    }

    @Override
    public double height() {
      return rings == 0 ? 2 * radius : rings * 0.05 + 0.06;
    }

    @Override
    public void draw(Brush brush) {
      if (rings == 0) {
        CurvedSolids.superellipsoid(brush.at(0, 0, radius), 32, radius, radius, radius, 1);
        return;
      }
      CurvedSolids.frustum(brush, 20, 0.012, 0.01, height());
      for (int ring = 0; ring < rings; ring++) {
        double size = radius * (1 - 0.14 * ring) - 0.025;
        CurvedSolids.torus(brush.at(0, 0, 0.025 + ring * 0.05), 28, 9, size, 0.025);
      }
    }
  }
}
