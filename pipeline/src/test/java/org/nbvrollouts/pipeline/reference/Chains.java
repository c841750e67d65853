package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.store.source.Point3;

/** Oracle settings and candidate clouds of random chains. */
final class Chains {
  private static final double[] VOXELS = {0, 0.02, 0.02, 0.1, 0.5};
  private static final double[] AREAS = {0, 0.005, 0.005, 0.3};
  private static final double[] MARGINS = {0, 0.05, 0.3};

  private Chains() {}

  /** Random settings; half of them with caps that bite. */
  static TargetScorerConfig settings(SplittableRandom random) {
    boolean hasCaps = random.nextBoolean();
    OptionalInt unionCap =
        hasCaps
            ? OptionalInt.of(1 + random.nextInt(60))
            : random.nextBoolean() ? OptionalInt.of(200_000) : OptionalInt.empty();
    return settings(
        new TargetScorerConfig.OracleConfig(
            VOXELS[random.nextInt(VOXELS.length)], unionCap, AREAS[random.nextInt(AREAS.length)]),
        MARGINS[random.nextInt(MARGINS.length)],
        random.nextInt(4) == 0 ? 5 : 1,
        VOXELS[random.nextInt(VOXELS.length)],
        hasCaps ? 1 + random.nextInt(60) : 200_000);
  }

  /** No voxels and no caps. */
  static TargetScorerConfig withoutFusion(SplittableRandom random) {
    OptionalInt unionCap = random.nextBoolean() ? OptionalInt.of(200_000) : OptionalInt.empty();
    return settings(
        new TargetScorerConfig.OracleConfig(0, unionCap, AREAS[random.nextInt(AREAS.length)]),
        MARGINS[random.nextInt(MARGINS.length)],
        1,
        0,
        200_000);
  }

  private static TargetScorerConfig settings(
      TargetScorerConfig.OracleConfig oracle,
      double marginMetres,
      int minCurrentPoints,
      double voxelMetres,
      int cap) {
    return new TargetScorerConfig(
        TargetScorerConfig.DepthConfig.defaults(),
        oracle,
        1,
        marginMetres,
        minCurrentPoints,
        true,
        EvalPointCloudSource.AUTO,
        "rgb",
        OptionalDouble.empty(),
        voxelMetres,
        cap,
        cap,
        RewardMode.ROOT_NORMALIZED_GAIN);
  }

  /** A view of the mesh, a cloud that is off it, and one without a point. */
  static List<List<Point3>> candidates(HostileScene scene) {
    ReferenceDepth depth =
        new ReferenceDepth(scene.mesh, HostileScene.CAMERA, HostileScene.ZNEAR, HostileScene.ZFAR);
    List<List<Point3>> candidates = new ArrayList<>();
    candidates.add(depth.points(scene.camera(), 1 + scene.random.nextInt(2)));
    candidates.add(scene.cloud(1 + scene.random.nextInt(60)));
    candidates.add(List.of());
    return candidates;
  }
}
