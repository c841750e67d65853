package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.candidate.CandidateRulesConfig;
import org.nbvrollouts.pipeline.candidate.MotionBounds;
import org.nbvrollouts.pipeline.candidate.PathRule;
import org.nbvrollouts.pipeline.reference.ReferenceClearance;
import org.nbvrollouts.pipeline.replay.ReplayedCandidate.Measures;
import org.nbvrollouts.pipeline.replay.ReplayedCandidate.Verdict;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** The rules in order, each asked only of rows still alive (specification generation 4.4, 4.7). */
final class RuleReplay {
  private static final double LEAST_HORIZONTAL = 1e-8;

  private final CandidateRulesConfig config;
  private final AxisAlignedBox extent;
  private final ReferenceClearance mesh;

  RuleReplay(CandidateRulesConfig config, AxisAlignedBox extent, ReferenceClearance mesh) {
    this.config = config;
    this.extent = extent;
    this.mesh = mesh;
  }

  /**
   * Measures and judges rows.
   *
   * @param sampling axes of the sampling frame
   * @param origin where every move starts
   * @param target centre of the target
   */
  List<ReplayedCandidate> judge(
      List<ShellReplay.Drawn> rows, Axes sampling, Vector origin, Vector target) {
    double[] distances =
        mesh.metres(rows.stream().map(row -> centre(row.worldFromCamera()).point()).toList());
    double originDistance = mesh.metres(List.of(origin.point()))[0];
    List<ReplayedCandidate> judged = new ArrayList<>();
    for (int row = 0; row < distances.length; row++) {
      ShellReplay.Drawn drawn = rows.get(row);
      Measures measures = measure(drawn, sampling, origin, target, distances[row]);
      Verdict verdict = withoutPath(measures);
      if (verdict.equals(Verdict.VALID) && hasPathRule()) {
        double clearance =
            Math.min(
                Math.min(originDistance, distances[row]),
                between(origin, centre(drawn.worldFromCamera())));
        measures = measures.withPathClearance(clearance);
        verdict =
            clearance >= config.stepClearance()
                ? Verdict.VALID
                : failed(InvalidReason.PATH_SEGMENT_COLLISION);
      }
      judged.add(
          new ReplayedCandidate(
              drawn.worldFromCamera(),
              drawn.component(),
              drawn.family(),
              drawn.strategy(),
              measures,
              verdict));
    }
    return judged;
  }

  private boolean hasPathRule() {
    return config.ensureCollisionFree() && config.stepClearance() > 0;
  }

  private Verdict withoutPath(Measures measures) {
    if (config.ensureFreeSpace() && !measures.isInsideExtent()) {
      return failed(InvalidReason.POSE_OUT_OF_EXTENT);
    }
    if (config.enforceMotionRealism() && !isRealistic(measures)) {
      return failed(InvalidReason.SAMPLER_RULE_REJECTED);
    }
    if (config.minDistanceToMesh() > 0 && !(measures.meshDistance() > config.minDistanceToMesh())) {
      return failed(InvalidReason.CLEARANCE_TOO_SMALL);
    }
    return Verdict.VALID;
  }

  private static Verdict failed(InvalidReason reason) {
    return Verdict.failed(reason.bit());
  }

  private boolean isRealistic(Measures measures) {
    MotionBounds bounds = config.motion();
    return isWithin(measures.stepLength(), bounds.maxStepDistanceM())
        && isWithin(measures.heightDelta(), bounds.maxHeightDeltaM())
        && isWithin(measures.backwardStep(), bounds.maxBackwardStepM())
        && isWithin(StrictMath.toDegrees(measures.yawDelta()), bounds.maxYawDeltaDeg());
  }

  private static boolean isWithin(double value, OptionalDouble bound) {
    return bound.isEmpty() || value <= bound.getAsDouble();
  }

  /** Least distance of a way, or of evenly spaced points of it, ends excluded. */
  private double between(Vector from, Vector to) {
    if (config.pathRule() == PathRule.EXACT_CLEARANCE) {
      return mesh.metres(from.point(), to.point());
    }
    List<Point3> points = new ArrayList<>();
    int last = config.raySubsample() - 1;
    for (int i = 1; i < last; i++) {
      points.add(from.plus(to.minus(from).times((double) i / last)).point());
    }
    double least = Double.POSITIVE_INFINITY;
    for (double metres : mesh.metres(points)) {
      least = Math.min(least, metres);
    }
    return least;
  }

  private static Vector centre(Pose12 pose) {
    return new Vector(pose.tx(), pose.ty(), pose.tz());
  }

  private Measures measure(
      ShellReplay.Drawn row, Axes sampling, Vector origin, Vector target, double meshDistance) {
    Vector centre = centre(row.worldFromCamera());
    Vector toTarget = target.minus(centre);
    return new Measures(
        isInside(centre),
        meshDistance,
        Double.NaN,
        margin(centre),
        row.offset().length(),
        Math.abs(centre.minus(origin).dot(Vector.UP)),
        Math.max(0, -row.offset().z()),
        angleAboutUp(sampling.forward(), Axes.of(row.worldFromCamera()).forward()),
        toTarget.length(),
        StrictMath.atan2(toTarget.x(), toTarget.z()));
  }

  private boolean isInside(Vector p) {
    return p.x() >= extent.minX()
        && p.x() <= extent.maxX()
        && p.y() >= extent.minY()
        && p.y() <= extent.maxY()
        && p.z() >= extent.minZ()
        && p.z() <= extent.maxZ();
  }

  /** Distance to the nearest border inside, minus the distance to the extent outside. */
  private double margin(Vector p) {
    double x = Math.min(p.x() - extent.minX(), extent.maxX() - p.x());
    double y = Math.min(p.y() - extent.minY(), extent.maxY() - p.y());
    double z = Math.min(p.z() - extent.minZ(), extent.maxZ() - p.z());
    if (x >= 0 && y >= 0 && z >= 0) {
      return Math.min(Math.min(x, y), z);
    }
    return -new Vector(Math.min(x, 0), Math.min(y, 0), Math.min(z, 0)).length();
  }

  /** Angle between two directions seen from above, in space if one is vertical. */
  static double angleAboutUp(Vector reference, Vector forward) {
    Vector a = Axes.horizontal(reference);
    Vector b = Axes.horizontal(forward);
    boolean isVertical = a.length() < LEAST_HORIZONTAL || b.length() < LEAST_HORIZONTAL;
    return isVertical ? angle(reference, forward) : angle(a, b);
  }

  private static double angle(Vector a, Vector b) {
    return StrictMath.atan2(a.cross(b).length(), a.dot(b));
  }
}
