package org.nbvrollouts.pipeline.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;

/** Point clouds for tests. */
final class Points {
  private Points() {}

  /** x, y, z per point. */
  static PointBuffer of(double... xyz) {
    PointBuffer points = new PointBuffer(xyz.length / 3);
    for (int i = 0; i < xyz.length; i += 3) {
      points.add(xyz[i], xyz[i + 1], xyz[i + 2]);
    }
    return points;
  }

  /** A list of triples; NaN is a text. */
  static PointBuffer of(JsonNode triples) {
    PointBuffer points = new PointBuffer(triples.size());
    for (JsonNode triple : triples) {
      double[] xyz = GoldenVectors.numbers(triple);
      points.add(xyz[0], xyz[1], xyz[2]);
    }
    return points;
  }

  /** Uniform points in a cube around the origin. */
  static PointBuffer random(SplittableRandom random, int count, double halfSide) {
    PointBuffer points = new PointBuffer(count);
    for (int i = 0; i < count; i++) {
      points.add(
          halfSide * (2 * random.nextDouble() - 1),
          halfSide * (2 * random.nextDouble() - 1),
          halfSide * (2 * random.nextDouble() - 1));
    }
    return points;
  }

  static PointBuffer concat(PointBuffer first, PointBuffer second) {
    PointBuffer both = new PointBuffer(first.size() + second.size());
    both.addAll(first);
    both.addAll(second);
    return both;
  }
}
