package org.nbvrollouts.store.synthetic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;

/** The steps of one chain, in order: errors fall, the camera moves to the chosen view. */
final class SyntheticSteps {
  private static final double TEMPERATURE = 0.1;

  /** How much of the error a view removes at most. */
  private static final double BEST_RRI = 0.35;

  private static final double SCENE_SHARE = 0.2;

  private final SyntheticShape shape;
  private final SyntheticLineage place;
  private final String policy;
  private final SplittableRandom random;
  private final double rootErrorM2;
  private final double rootSceneErrorM2;
  private double errorM2;
  private double sceneErrorM2;
  private double support;
  private Point3 camera;

  SyntheticSteps(
      SyntheticShape shape, SyntheticLineage place, String policy, SplittableRandom random) {
    this.shape = shape;
    this.place = place;
    this.policy = policy;
    this.random = random;
    this.rootErrorM2 = random.nextDouble(0.02, 0.5);
    this.rootSceneErrorM2 = random.nextDouble(0.5, 2);
    this.errorM2 = rootErrorM2;
    this.sceneErrorM2 = rootSceneErrorM2;
    this.support = Math.rint(random.nextDouble(50, 500));
    this.camera = place.rootPose().translation();
  }

  RolloutStepRecord next(int index) {
    SyntheticShell shell =
        SyntheticShell.around(shape.candidates(), camera, place.centre(), random);
    int validCount = shell.validCount();
    double[] rri = new double[validCount];
    double[] supports = new double[validCount];
    int best = 0;
    for (int i = 0; i < validCount; i++) {
      double quality = random.nextDouble();
      rri[i] = BEST_RRI * quality * quality - 0.01;
      supports[i] = Math.rint(400 * quality);
      best = rri[i] > rri[best] ? i : best;
    }
    int chosen = policy.startsWith("oracle") ? best : random.nextInt(validCount);
    Map<String, DoubleColumn> metrics = metrics(rri, supports);
    Map<String, Double> selected = new LinkedHashMap<>();
    metrics.forEach((name, values) -> selected.put(name, values.at(chosen)));
    int row = shell.shellIndex(chosen);
    RolloutStepRecord step =
        new RolloutStepRecord(
            index,
            shell.shell(),
            row,
            chosen,
            "target_root_gain",
            policy,
            policy.endsWith("softmax") ? OptionalDouble.of(TEMPERATURE) : OptionalDouble.empty(),
            Optional.of(selection(rri, chosen)),
            metrics,
            selected,
            shape.depthPx() == 0
                ? Optional.empty()
                : Optional.of(SyntheticDepth.image(shape.depthPx(), random)),
            shape.cropPoints() == 0 ? Optional.empty() : Optional.of(crops(validCount)));
    errorM2 *= 1 - rri[chosen];
    sceneErrorM2 *= 1 - SCENE_SHARE * rri[chosen];
    support += supports[chosen];
    camera = shell.shell().worldFromCamera().get(row).translation();
    return step;
  }

  /** One value per valid candidate; gains and errors are those of specification store 5.3. */
  private Map<String, DoubleColumn> metrics(double[] rri, double[] supports) {
    Map<String, DoubleColumn> metrics = new LinkedHashMap<>();
    metrics.put("target_rri", DoubleColumn.of(rri));
    metrics.put("target_root_gain", map(rri, value -> value * errorM2 / rootErrorM2));
    metrics.put("target_log_error_gain", map(rri, value -> -StrictMath.log1p(-value)));
    metrics.put("target_pm_dist_before", map(rri, value -> errorM2));
    metrics.put("target_pm_dist_after", map(rri, value -> errorM2 * (1 - value)));
    metrics.put("target_current_support", map(rri, value -> support));
    metrics.put("target_candidate_support", DoubleColumn.of(supports));
    metrics.put("scene_rri", map(rri, value -> SCENE_SHARE * value));
    metrics.put(
        "scene_root_gain",
        map(rri, value -> SCENE_SHARE * value * sceneErrorM2 / rootSceneErrorM2));
    metrics.put("scene_log_error_gain", map(rri, value -> -StrictMath.log1p(-SCENE_SHARE * value)));
    metrics.put("scene_pm_dist_before", map(rri, value -> sceneErrorM2));
    metrics.put("scene_pm_dist_after", map(rri, value -> sceneErrorM2 * (1 - SCENE_SHARE * value)));
    return metrics;
  }

  private static DoubleColumn map(
      double[] values, java.util.function.DoubleUnaryOperator function) {
    return DoubleColumn.of(java.util.Arrays.stream(values).map(function).toArray());
  }

  private SelectionDistribution selection(double[] rri, int chosen) {
    double[] logits = new double[rri.length];
    double[] probabilities = new double[rri.length];
    double[] logProbabilities = new double[rri.length];
    boolean softmax = policy.endsWith("softmax");
    double sum = 0;
    for (int i = 0; i < rri.length; i++) {
      logits[i] = softmax ? rri[i] / TEMPERATURE : rri[i];
      sum += StrictMath.exp(logits[i]);
    }
    for (int i = 0; i < rri.length; i++) {
      double greedy = i == chosen ? 1 : 0;
      probabilities[i] = softmax ? StrictMath.exp(logits[i]) / sum : greedy;
      logProbabilities[i] = StrictMath.log(probabilities[i]);
    }
    return new SelectionDistribution(
        DoubleColumn.of(logits), DoubleColumn.of(probabilities), DoubleColumn.of(logProbabilities));
  }

  private TargetEvalCrops crops(int validCount) {
    List<PointCloud> clouds = new ArrayList<>(validCount);
    for (int i = 0; i < validCount; i++) {
      clouds.add(cloud());
    }
    return new TargetEvalCrops(
        Optional.of(cloud()), clouds, "gt_obb_oriented_any_vertex_v1", 0.02, shape.cropPoints());
  }

  private PointCloud cloud() {
    float[] coordinates = new float[3 * (1 + random.nextInt(shape.cropPoints()))];
    Point3 centre = place.centre();
    for (int i = 0; i < coordinates.length; i += 3) {
      coordinates[i] = (float) (centre.x() + random.nextDouble(-0.5, 0.5));
      coordinates[i + 1] = (float) (centre.y() + random.nextDouble(-0.5, 0.5));
      coordinates[i + 2] = (float) (centre.z() + random.nextDouble(-0.5, 0.5));
    }
    return PointCloud.of(coordinates);
  }
}
