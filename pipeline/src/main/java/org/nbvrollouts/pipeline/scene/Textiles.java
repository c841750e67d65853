package org.nbvrollouts.pipeline.scene;

/** Rugs and curtains: thin or open surfaces. */
final class Textiles {
  private Textiles() {}

  /** A rug; a height of 0 makes it a single layer that is coplanar with the floor. */
  record Rug(double width, double depth, double height) implements Furniture {
    static Rug random(SceneRandom random) {
      double thick = random.chance(0.2) ? 0 : random.uniform(0.006, 0.012);
      return new Rug(random.uniform(1.6, 2.4), random.uniform(1.2, 1.6), thick);
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.RUG;
    }

    @Override
    public void draw(Brush brush) {
      if (height > 0) {
        Blocks.rounded(brush.at(0, 0, height / 2), width, depth, height, height * 0.3, 12);
      } else {
        GridSurface.draw(
            brush,
            brush.segments(24, 4),
            brush.segments(16, 4),
            GridSurface.Seam.OPEN,
            (b, u, v) -> b.vertex((u - 0.5) * width, (v - 0.5) * depth, 0));
      }
    }
  }

  /** A hanging curtain: one open, wavy sheet on a rod. */
  record Curtain(double width, double height, double waves) implements Furniture {
    @Override
    public ObjectClass objectClass() {
      return ObjectClass.CURTAIN;
    }

    @Override
    public double depth() {
      return 0.12;
    }

    @Override
    public void draw(Brush brush) {
      GridSurface.draw(
          brush,
          brush.segments((int) (waves * 9), 12),
          brush.segments(14, 3),
          GridSurface.Seam.OPEN,
          (b, u, v) ->
              b.vertex(
                  (u - 0.5) * width,
                  (0.05 - 0.02 * v) * StrictMath.sin(2 * Math.PI * waves * u + 0.4 * v),
                  0.02 + (height - 0.04) * v));
      Tube.draw(brush, 8, 0.012, -width / 2, 0, height - 0.012, width / 2, 0, height - 0.012);
    }
  }
}
