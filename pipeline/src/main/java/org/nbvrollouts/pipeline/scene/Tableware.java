package org.nbvrollouts.pipeline.scene;

/** Small things that stand on furniture: vases, bowls, cups. */
final class Tableware {
  private Tableware() {}

  /** A lathed vase, open at the top with an inner wall. */
  record Vase(double radius, double height, double neck) implements RoundFurniture {
    static Vase random(SceneRandom random) {
      return new Vase(
          random.uniform(0.05, 0.1), random.uniform(0.18, 0.36), random.uniform(0.35, 0.7));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.VASE;
    }

    @Override
    public void draw(Brush brush) {
      double mouth = radius * neck;
      CurvedSolids.revolve(
          brush,
          32,
          4,
          Profile.from(0, 0)
              .to(radius * 0.6, 0)
              .to(radius * 0.9, height * 0.2)
              .to(radius * 0.97, height * 0.45)
              .to(mouth * 0.85, height * 0.8)
              .to(mouth, height)
              .to(mouth * 0.9, height * 0.99)
              .to(mouth * 0.75, height * 0.8)
              .to(radius * 0.5, height * 0.5));
    }
  }

  /** A bowl with an inner and an outer wall. */
  record Bowl(double radius, double height) implements RoundFurniture {
    static Bowl random(SceneRandom random) {
      return new Bowl(random.uniform(0.1, 0.16), random.uniform(0.06, 0.1));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.BOWL;
    }

    @Override
    public void draw(Brush brush) {
      CurvedSolids.revolve(
          brush,
          36,
          3,
          Profile.from(0, 0.004)
              .to(radius * 0.42, 0)
              .to(radius * 0.45, 0.012)
              .to(radius * 0.8, height * 0.5)
              .to(radius * 0.99, height)
              .to(radius * 0.95, height)
              .to(radius * 0.75, height * 0.54)
              .to(radius * 0.35, 0.022)
              .to(0, 0.018));
    }
  }

  /** A cup with a handle. */
  record Cup(double radius, double height) implements Furniture {
    static Cup random(SceneRandom random) {
      return new Cup(random.uniform(0.036, 0.044), random.uniform(0.085, 0.105));
    }

    @Override
    public ObjectClass objectClass() {
      return ObjectClass.CUP;
    }

    @Override
    public double width() {
      return 3.4 * radius;
    }

    @Override
    public double depth() {
      return 2 * radius;
    }

    @Override
    public void draw(Brush brush) {
      double inner = radius - 0.004;
      CurvedSolids.turn(
          brush,
          26,
          Profile.from(0, 0)
              .to(radius * 0.9, 0)
              .to(radius, 0.008)
              .to(radius, height * 0.5)
              .to(radius, height)
              .to(inner, height)
              .to(inner, height * 0.5)
              .to(inner, 0.006)
              .to(0, 0.005));
      Brush handle = brush.at(radius, 0, height * 0.52).in(Frames.tiltAboutX(Math.PI / 2));
      CurvedSolids.torus(handle, 18, 7, radius * 0.6, 0.005);
    }
  }
}
