package org.nbvrollouts.pipeline.scene;

/** Lamps: surfaces of revolution on stands, hanging or standing on tables. */
final class Lamps {
  private Lamps() {}

  /** A floor lamp with an open conical shade. */
  record FloorLamp(double height, double radius) implements RoundFurniture {
    static FloorLamp random(SceneRandom random) {
      return new FloorLamp(random.uniform(1.45, 1.7), random.uniform(0.18, 0.25));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.revolve(
          brush,
          28,
          3,
          Profile.from(0, 0).to(0.14, 0).to(0.14, 0.015).to(0.03, 0.035).to(0.014, 0.07));
      Tube.draw(brush, 10, 0.012, 0, 0, 0.05, 0, 0, height * 0.5, 0, 0, height - 0.12);
      shade(brush.at(0, 0, height), radius, 0.3);
    }
  }

  /** A table lamp: lathed belly, cloth shade. */
  record TableLamp(double height, double belly, double radius) implements RoundFurniture {
    static TableLamp random(SceneRandom random) {
      return new TableLamp(
          random.uniform(0.4, 0.55), random.uniform(0.05, 0.08), random.uniform(0.12, 0.16));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public void draw(Brush brush) {
      double neck = height * 0.55;
      CurvedSolids.revolve(
          brush,
          26,
          4,
          Profile.from(0, 0)
              .to(belly * 0.8, 0)
              .to(belly * 0.9, 0.015)
              .to(belly * 0.45, neck * 0.2)
              .to(belly, neck * 0.5)
              .to(belly * 0.5, neck * 0.85)
              .to(0.012, neck)
              .to(0.01, height - 0.06));
      shade(brush.at(0, 0, height), radius, height * 0.45);
    }
  }

  /** A lamp on a cord; the object frame ends at the lowest point, the cord reaches the ceiling. */
  record Pendant(double radius, double cord) implements RoundFurniture {
    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public double height() {
      return 0.2 + cord;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.revolve(
          brush,
          32,
          4,
          Profile.from(radius, 0)
              .to(radius * 0.92, 0.06)
              .to(radius * 0.6, 0.13)
              .to(0.05, 0.17)
              .to(0.02, 0.2));
      CurvedSolids.superellipsoid(brush.at(0, 0, 0.1), 16, 0.035, 0.035, 0.05, 1);
      Tube.draw(brush, 6, 0.004, 0, 0, 0.19, 0, 0, 0.2 + cord);
    }
  }

  /** An open lamp shade whose upper rim lies at the local origin. */
  private static void shade(Brush brush, double radius, double tall) {
    CurvedSolids.revolve(
        brush,
        32,
        4,
        Profile.from(radius, -tall)
            .to(radius * 0.93, -tall * 0.66)
            .to(radius * 0.82, -tall * 0.33)
            .to(radius * 0.68, 0));
    CurvedSolids.superellipsoid(brush.at(0, 0, -tall * 0.5), 14, 0.03, 0.03, 0.045, 1);
  }
}
