package org.nbvrollouts.pipeline.candidate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.MaskColumn;

/**
 * Judges the candidates of one node: free space, motion, clearance, path, each asked only about
 * rows that are still alive (specification generation 4.4). Masks are cumulative and in evaluation
 * order, so the first failing rule is the reason of a row and its only one (4.7, choice G-G).
 */
final class CandidateRules {
  static final String FREE_SPACE = "FreeSpaceRule";
  static final String MOTION_REALISM = "MotionRealismRule";
  static final String MIN_DISTANCE_TO_MESH = "MinDistanceToMeshRule";
  static final String PATH_COLLISION = "PathCollisionRule";

  private final CandidateRulesConfig config;
  private final List<SampledCandidate> candidates;
  private final boolean[] alive;
  private final double[] meshDistance;
  private final double[] pathClearance;
  private final boolean[] pathEvaluated;
  private final boolean[] pathCollides;
  private final Map<String, MaskColumn> masks = new LinkedHashMap<>();

  private CandidateRules(CandidateRulesConfig config, List<SampledCandidate> candidates) {
    this.config = config;
    this.candidates = candidates;
    alive = new boolean[candidates.size()];
    meshDistance = new double[alive.length];
    pathClearance = new double[alive.length];
    pathEvaluated = new boolean[alive.length];
    pathCollides = new boolean[alive.length];
    Arrays.fill(alive, true);
    Arrays.fill(pathClearance, Double.NaN);
  }

  /**
   * Applies every enabled rule.
   *
   * @param originWorld where every move starts
   * @param diagnostics one per candidate
   */
  static CandidateRules evaluate(
      CandidateRulesConfig config,
      SceneClearance scene,
      Vector3 originWorld,
      List<SampledCandidate> candidates,
      List<CandidateDiagnostics> diagnostics) {
    CandidateRules rules = new CandidateRules(config, candidates);
    rules.measureMeshDistance(scene.points());
    if (config.ensureFreeSpace()) {
      rules.keep(FREE_SPACE, row -> diagnostics.get(row).insideExtent());
    }
    if (config.enforceMotionRealism()) {
      rules.keep(MOTION_REALISM, row -> diagnostics.get(row).brokenBounds(config.motion()) == 0);
    }
    if (config.minDistanceToMesh() > 0) {
      rules.keep(MIN_DISTANCE_TO_MESH, row -> rules.meshDistance[row] > config.minDistanceToMesh());
    }
    if (config.ensureCollisionFree() && config.stepClearance() > 0) {
      PathClearance.Place origin = scene.place(originWorld);
      rules.keep(PATH_COLLISION, row -> rules.isPathFree(scene.paths(), origin, row));
    }
    return rules;
  }

  /** Rows that passed every rule. */
  MaskColumn valid() {
    return MaskColumn.of(alive);
  }

  /** Rule name to cumulative mask, in evaluation order. */
  Map<String, MaskColumn> masks() {
    return masks;
  }

  /** Distance of each centre to the mesh, metres. */
  DoubleColumn meshDistanceMetres() {
    return DoubleColumn.of(meshDistance);
  }

  /** Least distance of each path to the mesh, metres; NaN where the path was not evaluated. */
  DoubleColumn pathClearanceMetres() {
    return DoubleColumn.of(pathClearance);
  }

  /** 1 for rows whose path was looked at, otherwise 0. */
  DoubleColumn pathsEvaluated() {
    return zeroOrOne(pathEvaluated);
  }

  /** 1 for rows that failed because of their path, otherwise 0. */
  DoubleColumn pathCollisions() {
    return zeroOrOne(pathCollides);
  }

  private static DoubleColumn zeroOrOne(boolean[] mask) {
    double[] values = new double[mask.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = mask[row] ? 1 : 0;
    }
    return DoubleColumn.of(values);
  }

  private void keep(String rule, IntPredicate passes) {
    for (int row = 0; row < alive.length; row++) {
      alive[row] = alive[row] && passes.test(row);
    }
    masks.put(rule, MaskColumn.of(alive));
  }

  private void measureMeshDistance(MeshClearance mesh) {
    for (int row = 0; row < meshDistance.length; row++) {
      meshDistance[row] =
          mesh.distanceMetres(candidates.get(row).centreWorld(), Double.POSITIVE_INFINITY);
    }
  }

  private boolean isPathFree(PathClearance paths, PathClearance.Place origin, int row) {
    PathClearance.Place end =
        new PathClearance.Place(candidates.get(row).centreWorld(), meshDistance[row]);
    pathClearance[row] = paths.leastMetres(origin, end);
    pathEvaluated[row] = true;
    pathCollides[row] = pathClearance[row] < config.stepClearance();
    return !pathCollides[row];
  }
}
