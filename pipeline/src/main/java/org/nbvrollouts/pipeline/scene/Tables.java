package org.nbvrollouts.pipeline.scene;

/** Tables: rectangular with four legs, and round on a lathed foot. */
final class Tables {
  private Tables() {}

  /** A rectangular table; desks, coffee tables and side tables are sizes of it. */
  record Rectangular(double width, double depth, double height, double legRadius)
      implements Furniture {
    private static final double TOP = 0.035;

    static Rectangular dining(SceneRandom random) {
      return new Rectangular(
          random.uniform(1.3, 1.9), random.uniform(0.8, 0.95), random.uniform(0.72, 0.76), 0.035);
    }

    static Rectangular desk(SceneRandom random) {
      return new Rectangular(
          random.uniform(1.2, 1.6), random.uniform(0.6, 0.75), random.uniform(0.71, 0.75), 0.025);
    }

    static Rectangular coffee(SceneRandom random) {
      return new Rectangular(
          random.uniform(0.9, 1.2), random.uniform(0.5, 0.6), random.uniform(0.38, 0.44), 0.03);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.TABLE;
    }

    @Override
    public void draw(Brush brush) {
      Blocks.rounded(brush.at(0, 0, height - TOP / 2), width, depth, TOP, 0.012, 8);
      double x = width / 2 - 0.07;
      double y = depth / 2 - 0.07;
      double apron = height - TOP - 0.08;
      Blocks.box(brush, -x, -y - 0.01, apron, x, -y + 0.01, height - TOP);
      Blocks.box(brush, -x, y - 0.01, apron, x, y + 0.01, height - TOP);
      Blocks.box(brush, -x - 0.01, -y, apron, -x + 0.01, y, height - TOP);
      Blocks.box(brush, x - 0.01, -y, apron, x + 0.01, y, height - TOP);
      for (int leg = 0; leg < 4; leg++) {
        double legX = (leg & 1) == 0 ? -x : x;
        double legY = (leg & 2) == 0 ? -y : y;
        CurvedSolids.revolve(
            brush.at(legX, legY, 0),
            14,
            3,
            Profile.from(0, 0)
                .to(legRadius * 0.6, 0)
                .to(legRadius * 0.7, height * 0.3)
                .to(legRadius, height * 0.75)
                .to(legRadius, height - TOP));
      }
    }
  }

  /** A round table on one foot. */
  record Round(double radius, double height) implements RoundFurniture {
    static Round dining(SceneRandom random) {
      return new Round(random.uniform(0.5, 0.65), random.uniform(0.72, 0.76));
    }

    static Round coffee(SceneRandom random) {
      return new Round(random.uniform(0.35, 0.45), random.uniform(0.36, 0.45));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.TABLE;
    }

    @Override
    public void draw(Brush brush) {
      double rim = height - 0.03;
      Profile profile =
          Profile.from(0, rim)
              .to(radius * 0.35, rim)
              .to(radius * 0.7, rim)
              .to(radius - 0.01, rim)
              .to(radius, rim + 0.008)
              .to(radius, rim + 0.022)
              .to(radius - 0.01, height)
              .to(radius * 0.7, height)
              .to(radius * 0.35, height)
              .to(0, height);
      CurvedSolids.turn(brush, 48, profile);
      CurvedSolids.revolve(
          brush,
          28,
          4,
          Profile.from(0, 0)
              .to(radius * 0.55, 0)
              .to(radius * 0.5, 0.03)
              .to(0.07, 0.12)
              .to(0.045, height * 0.4)
              .to(0.06, height * 0.7)
              .to(0.04, height * 0.85)
              .to(0.12, rim));
    }
  }
}
