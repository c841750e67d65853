package org.nbvrollouts.pipeline.candidate;

import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.BACKWARD_STEP;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.FREE_SPACE_MARGIN;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.HEIGHT_DELTA;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.MESH_DISTANCE;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.PATH_CLEARANCE;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.STEP_LENGTH;
import static org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity.YAW_DELTA;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement.Answer;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement.Bound;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement.Quantity;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.source.Point3;

/**
 * Measures everything that the rules could ask about one candidate, also what they did not ask
 * because an earlier rule had rejected it.
 */
final class CandidateExplainer {
  private static final String METRES = "m";
  private static final String DEGREES = "deg";

  private final CandidateRulesConfig config;
  private final SceneClearance scene;
  private final Vector3 origin;
  private final SampledCandidate candidate;
  private final List<RuleMeasurement> rules = new ArrayList<>();
  private boolean alive = true;

  private CandidateExplainer(
      CandidateRulesConfig config,
      SceneClearance scene,
      Vector3 origin,
      SampledCandidate candidate) {
    this.config = config;
    this.scene = scene;
    this.origin = origin;
    this.candidate = candidate;
  }

  /**
   * Explains one row.
   *
   * @param origin where the move starts, world metres
   */
  static CandidateExplanation explain(
      CandidateRulesConfig config,
      SceneClearance scene,
      Vector3 origin,
      CandidateDraw draw,
      SampledCandidate candidate,
      CandidateDiagnostics diagnostics) {
    CandidateExplainer explainer = new CandidateExplainer(config, scene, origin, candidate);
    explainer.judge(diagnostics);
    return new CandidateExplanation(
        draw, candidate.worldFromCamera(), explainer.rules, explainer.path());
  }

  private void judge(CandidateDiagnostics measured) {
    if (config.ensureFreeSpace()) {
      rule(
          CandidateRules.FREE_SPACE,
          InvalidReason.POSE_OUT_OF_EXTENT,
          List.of(
              Measure.metres(
                  FREE_SPACE_MARGIN, measured.freeSpaceMarginMetres(), Bound.AT_LEAST, 0)));
    }
    if (config.enforceMotionRealism()) {
      rule(
          CandidateRules.MOTION_REALISM,
          InvalidReason.SAMPLER_RULE_REJECTED,
          motion(measured, config.motion()));
    }
    double toMesh = distanceAt(candidate.centreWorld());
    if (config.minDistanceToMesh() > 0) {
      rule(
          CandidateRules.MIN_DISTANCE_TO_MESH,
          InvalidReason.CLEARANCE_TOO_SMALL,
          List.of(Measure.metres(MESH_DISTANCE, toMesh, Bound.ABOVE, config.minDistanceToMesh())));
    }
    if (config.ensureCollisionFree() && config.stepClearance() > 0) {
      double clearance =
          scene
              .paths()
              .leastMetres(
                  scene.place(origin), new PathClearance.Place(candidate.centreWorld(), toMesh));
      rule(
          CandidateRules.PATH_COLLISION,
          InvalidReason.PATH_SEGMENT_COLLISION,
          List.of(
              Measure.metres(PATH_CLEARANCE, clearance, Bound.AT_LEAST, config.stepClearance())));
    }
  }

  private static List<Measure> motion(CandidateDiagnostics measured, MotionBounds bounds) {
    List<Measure> measures = new ArrayList<>();
    atMost(measures, STEP_LENGTH, METRES, measured.stepLengthMetres(), bounds.maxStepDistanceM());
    atMost(measures, HEIGHT_DELTA, METRES, measured.heightDeltaMetres(), bounds.maxHeightDeltaM());
    atMost(
        measures, BACKWARD_STEP, METRES, measured.backwardStepMetres(), bounds.maxBackwardStepM());
    atMost(
        measures,
        YAW_DELTA,
        DEGREES,
        StrictMath.toDegrees(measured.yawDeltaRad()),
        bounds.maxYawDeltaDeg());
    return measures;
  }

  private static void atMost(
      List<Measure> measures,
      Quantity quantity,
      String unit,
      double measured,
      OptionalDouble threshold) {
    if (threshold.isPresent()) {
      measures.add(new Measure(quantity, unit, measured, Bound.AT_MOST, threshold.getAsDouble()));
    }
  }

  /** Adds the measurements of a rule; all of them are asked if the row is still alive. */
  private void rule(String name, InvalidReason reason, List<Measure> measures) {
    boolean isAsked = alive;
    for (Measure measure : measures) {
      boolean holds = measure.bound().holds(measure.measured(), measure.threshold());
      Answer answer = holds ? Answer.PASSED : Answer.FAILED;
      alive &= holds;
      rules.add(
          new RuleMeasurement(
              name,
              reason,
              measure.quantity(),
              measure.unit(),
              measure.measured(),
              measure.bound(),
              measure.threshold(),
              isAsked ? answer : Answer.NOT_ASKED));
    }
  }

  private List<CandidateExplanation.PathPoint> path() {
    List<CandidateExplanation.PathPoint> path = new ArrayList<>();
    Vector3 move = candidate.centreWorld().minus(origin);
    int points = config.raySubsample();
    for (int i = 0; i < points; i++) {
      Vector3 at = origin.plus(move.times((double) i / (points - 1)));
      path.add(
          new CandidateExplanation.PathPoint(new Point3(at.x(), at.y(), at.z()), distanceAt(at)));
    }
    return path;
  }

  private double distanceAt(Vector3 world) {
    return scene.place(world).meshDistance();
  }

  /** A quantity and its bound, before it is known whether it was asked. */
  private record Measure(
      Quantity quantity, String unit, double measured, Bound bound, double threshold) {

    static Measure metres(Quantity quantity, double measured, Bound bound, double threshold) {
      return new Measure(quantity, METRES, measured, bound, threshold);
    }
  }
}
