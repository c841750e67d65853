package org.nbvrollouts.pipeline.scene;

/** Lamps: surfaces of revolution on stands, hanging or standing on tables. */
final class Lamps {
  private Lamps() {}

  /** A floor lamp with an open conical shade. */
  record FloorLamp(double height, double shadeRadius) implements Furniture {
    static FloorLamp random(SceneRandom random) {
      return new FloorLamp(random.uniform(1.45, 1.7), random.uniform(0.18, 0.25));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public double width() {
      return 2 * shadeRadius;
    }

    @Override
    public double depth() {
      return 2 * shadeRadius;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.revolve(brush, 28, 3, 0, 0, 0.14, 0, 0.14, 0.015, 0.03, 0.035, 0.014, 0.07);
      Tube.draw(brush, 10, 0.012, 0, 0, 0.05, 0, 0, height * 0.5, 0, 0, height - 0.12);
      shade(brush.at(0, 0, height), shadeRadius, 0.3);
    }
  }

  /** A table lamp: lathed belly, cloth shade. */
  record TableLamp(double height, double belly, double shadeRadius) implements Furniture {
    static TableLamp random(SceneRandom random) {
      return new TableLamp(
          random.uniform(0.4, 0.55), random.uniform(0.05, 0.08), random.uniform(0.12, 0.16));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public double width() {
      return 2 * shadeRadius;
    }

    @Override
    public double depth() {
      return 2 * shadeRadius;
    }

    @Override
    public void draw(Brush brush) {
      double neck = height * 0.55;
      CurvedSolids.revolve(
          brush,
          26,
          4,
          0,
          0,
          belly * 0.8,
          0,
          belly * 0.9,
          0.015,
          belly * 0.45,
          neck * 0.2,
          belly,
          neck * 0.5,
          belly * 0.5,
          neck * 0.85,
          0.012,
          neck,
          0.01,
          height - 0.06);
      shade(brush.at(0, 0, height), shadeRadius, height * 0.45);
    }
  }

  /** A lamp on a cord; the object frame ends at the lowest point, the cord reaches the ceiling. */
  record Pendant(double radius, double cord) implements Furniture {
    @Override
    public ObjectClass objectClass() {
      return ObjectClass.LAMP;
    }

    @Override
    public double width() {
      return 2 * radius;
    }

    @Override
    public double depth() {
      return 2 * radius;
    }

    @Override
    public double height() {
      return 0.2 + cord;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.revolve(
          brush, 32, 4, radius, 0, radius * 0.92, 0.06, radius * 0.6, 0.13, 0.05, 0.17, 0.02, 0.2);
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
        radius,
        -tall,
        radius * 0.93,
        -tall * 0.66,
        radius * 0.82,
        -tall * 0.33,
        radius * 0.68,
        0);
    CurvedSolids.superellipsoid(brush.at(0, 0, -tall * 0.5), 14, 0.03, 0.03, 0.045, 1);
  }
}
