package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.Pose12;

/**
 * An imagined object detector: finds what is seen often enough, with errors in centre, size,
 * heading and class, and a confidence that grows with what was seen.
 */
final class NoisyDetector {
  private static final double HALF_SEEN_POINTS = 10;
  private static final double SURE_POINTS = 60;
  private static final double THINNEST = 0.01;

  private final DetectorNoise noise;

  NoisyDetector(DetectorNoise noise) {
    this.noise = noise;
  }

  /**
   * Detections among the true boxes, each with the instance id of the object it belongs to.
   *
   * @param seenPoints sparse points on each object, by object index
   */
  List<ObjectBox> detect(List<ObjectBox> truth, int[] seenPoints, SceneRandom random) {
    List<ObjectBox> found = new ArrayList<>();
    for (ObjectBox box : truth) {
      SceneRandom own = random.child("object", box.instanceId());
      int seen = seenPoints[box.instanceId()];
      double chance =
          (1 - noise.missProbability()) * (1 - StrictMath.exp(-seen / HALF_SEEN_POINTS));
      if (own.chance(chance)) {
        found.add(disturb(box, seen, own));
      }
    }
    return found;
  }

  private ObjectBox disturb(ObjectBox box, int seen, SceneRandom random) {
    double spread = Math.min(1, 0.4 + box.longestSide());
    double centre = noise.centreStdMetres() * spread;
    double yaw = Math.toRadians(noise.yawStdDegrees()) * random.gaussian();
    Pose12 shifted =
        Frames.shift(
                centre * random.gaussian(), centre * random.gaussian(), centre * random.gaussian())
            .compose(box.worldFromBox());
    double certainty =
        0.3 + 0.65 * (1 - StrictMath.exp(-seen / SURE_POINTS)) + 0.07 * random.gaussian();
    boolean confused = random.chance(noise.confusionProbability());
    return new ObjectBox(
        box.instanceId(),
        confused ? box.objectClass().lookAlike() : box.objectClass(),
        shifted.compose(Frames.yaw(yaw, 0, 0, 0)),
        stretched(box.sizeX(), random),
        stretched(box.sizeY(), random),
        stretched(box.sizeZ(), random),
        Math.min(0.99, Math.max(0.05, confused ? certainty * 0.8 : certainty)));
  }

  private double stretched(double size, SceneRandom random) {
    return Math.max(
        THINNEST, size * Math.max(0.5, 1 + noise.sizeStdFraction() * random.gaussian()));
  }
}
