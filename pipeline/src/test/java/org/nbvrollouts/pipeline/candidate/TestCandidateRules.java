package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.MaskColumn;

class TestCandidateRules {
  private static final JsonNode VECTORS = GoldenVectors.load("selection_and_rules").get("rules");
  private static final SamplingFrame FRAME =
      SamplingFrame.gravityAligned(GoldenVectors.pose(VECTORS.get("reference_pose")));
  private static final double CLOSE = 5 * GoldenVectors.TOLERANCE;
  private static final MeshClearance MESH = MeshClearance.of(CubeOnFloor.bvh());

  private static final List<Integer> PRIORITY = List.of(1, 6, 5, 2, 3, 7, 8, 9, 10, 16, 17, 12);

  private final List<SampledCandidate> candidates = new ArrayList<>();
  private final List<CandidateDiagnostics> diagnostics = new ArrayList<>();

  TestCandidateRules() {
    double[] extent = GoldenVectors.numbers(VECTORS.get("occupancy_extent"));
    AxisAlignedBox box =
        new AxisAlignedBox(extent[0], extent[1], extent[2], extent[3], extent[4], extent[5]);
    for (JsonNode row : VECTORS.get("rows")) {
      SampledCandidate candidate = candidate(row);
      candidates.add(candidate);
      diagnostics.add(
          CandidateDiagnostics.measure(candidate, FRAME, box, Optional.of(Vector3.UNIT_X)));
    }
  }

  @Test
  void everyNumberOfTheRulesIsReproduced() {
    VectorCheck check = VectorCheck.of("selection_and_rules", "rules");
    CandidateRules pathAlone = evaluate(withoutOtherRules());
    MaskColumn valid = evaluate(allRules()).valid();
    for (int i = 0; i < candidates.size(); i++) {
      JsonNode row = check.golden().get("rows").get(i);
      CandidateDiagnostics measured = diagnostics.get(i);
      Vector3 offset = candidates.get(i).offsetLocal();
      check.numbers(
          "offset_ref", new double[] {offset.x(), offset.y(), offset.z()}, row.get("offset_ref"));
      check.number("step_m", measured.stepLengthMetres(), row.get("step_m"), CLOSE);
      check.number(
          "height_delta_m", measured.heightDeltaMetres(), row.get("height_delta_m"), CLOSE);
      check.number("backward_m", measured.backwardStepMetres(), row.get("backward_m"), CLOSE);
      double yaw = Math.toDegrees(measured.yawDeltaRad());
      check.number("yaw_delta_deg", yaw, row.get("yaw_delta_deg"), 1e-6);
      check.same("in_extent", measured.insideExtent(), row.get("in_extent").asBoolean());
      check.number(
          "mesh_distance_m",
          pathAlone.meshDistanceMetres().at(i),
          row.get("mesh_distance_m"),
          CLOSE);
      check.number(
          "path_min_clearance_m",
          pathAlone.pathClearanceMetres().at(i),
          row.get("path_min_clearance_m"),
          CLOSE);
      for (Map.Entry<String, JsonNode> rule : row.get("rule_ok").properties()) {
        boolean kept = evaluate(only(rule.getKey())).masks().get(rule.getKey()).at(i);
        check.same(rule.getKey(), kept, rule.getValue().asBoolean());
      }
      check.same("valid", valid.at(i), row.get("valid").asBoolean());
    }
    checkReasons(check, evaluate(allRules()).masks(), "first_failure");
    checkReasons(check, new TreeMap<>(evaluate(allRules()).masks()), "reference_mixture");
    check.everythingCompared(
        190,
        "reference_pose",
        "occupancy_extent",
        "thresholds",
        "rows/center_world",
        "rows/label",
        "rows/rotation");
  }

  @Test
  void trap8ARowHasOneReasonWhereTheAlphabetGivesOthers() {
    Map<String, MaskColumn> masks = evaluate(allRules()).masks();
    assertThat(masks.keySet())
        .containsExactly(
            "FreeSpaceRule", "MotionRealismRule", "MinDistanceToMeshRule", "PathCollisionRule");
    Map<String, MaskColumn> alphabetical = new TreeMap<>(masks);
    int mislabelled = 0;
    for (int i = 0; i < candidates.size(); i++) {
      assertThat(Integer.bitCount(reasonBits(masks, i))).isEqualTo(1);
      mislabelled += reasonBits(alphabetical, i) == reasonBits(masks, i) ? 0 : 1;
    }
    assertThat(mislabelled).isPositive();
  }

  @Test
  void pathsAreEvaluatedForSurvivorsAloneAndOnlyPathFailuresCollide() {
    CandidateRules rules = evaluate(allRules());
    MaskColumn before = rules.masks().get("MinDistanceToMeshRule");
    for (int i = 0; i < candidates.size(); i++) {
      assertThat(Double.isNaN(rules.pathClearanceMetres().at(i))).isEqualTo(!before.at(i));
      assertThat(rules.pathCollisions().at(i))
          .isEqualTo(before.at(i) && !rules.valid().at(i) ? 1.0 : 0.0);
    }
    assertThat(rules.pathCollisions().at(0)).isEqualTo(1);
  }

  @Test
  void disabledRulesLeaveNoMask() {
    CandidateRulesConfig off =
        new CandidateRulesConfig(
            false,
            false,
            MotionBounds.juneDefault(),
            0,
            false,
            PathRule.SAMPLED_CLEARANCE,
            32,
            0.1);
    assertThat(evaluate(off).masks()).isEmpty();
    assertThat(evaluate(off).valid()).isEqualTo(all(candidates.size()));
    assertThat(evaluate(withoutOtherRules()).masks()).containsOnlyKeys("PathCollisionRule");
  }

  @Test
  void leastPathClearanceEqualsTheMinimumOverAllPoints() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    int asked = 0;
    for (int round = 0; round < 300; round++) {
      Vector3 from = point(random);
      Vector3 to = point(random);
      int points = 2 + random.nextInt(40);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < points; i++) {
        Vector3 at = from.plus(to.minus(from).times((double) i / (points - 1)));
        least = Math.min(least, clearance(at));
      }
      int[] queries = {0};
      MeshClearance counting =
          (at, atMost) -> {
            queries[0]++;
            return MESH.distanceMetres(at, atMost);
          };
      assertThat(
              SampledPath.leastMetres(
                  counting,
                  new PathClearance.Place(from, clearance(from)),
                  new PathClearance.Place(to, clearance(to)),
                  points))
          .as("seed %d, round %d", seed, round)
          .isCloseTo(least, within(1e-12));
      asked += queries[0];
    }
    assertThat(asked).isLessThan(300 * 20 / 2);
  }

  @Test
  void marginIsPositiveInsideAndEuclideanOutside() {
    AxisAlignedBox box = new AxisAlignedBox(0, 2, 0, 2, 0, 2);
    assertThat(margin(box, new Vector3(0.5, 1, 1.25))).isEqualTo(0.5);
    assertThat(margin(box, new Vector3(2, 1, 1))).isEqualTo(0.0);
    assertThat(margin(box, new Vector3(5, -4, 1))).isEqualTo(-5.0);
  }

  @Test
  void verticalViewsAreComparedByTheFullAngle() {
    SampledCandidate up =
        new SampledCandidate(
            ViewAxes.level(Vector3.UNIT_Z).at(FRAME.originWorld()),
            new Vector3(0, 0, 0),
            ViewJitter.NONE,
            0);
    AxisAlignedBox box = new AxisAlignedBox(-9, 9, -9, 9, -9, 9);
    CandidateDiagnostics measured = CandidateDiagnostics.measure(up, FRAME, box, Optional.empty());
    assertThat(Math.toDegrees(measured.yawDeltaRad())).isCloseTo(90, within(1e-6));
    assertThat(measured.targetDistanceMetres()).isNaN();
    assertThat(measured.targetBearingYawRad()).isNaN();
  }

  private void checkReasons(VectorCheck check, Map<String, MaskColumn> masks, String reading) {
    for (int i = 0; i < candidates.size(); i++) {
      JsonNode row = check.golden().get("rows").get(i);
      int bits = reasonBits(masks, i);
      String label = row.get("label").asText();
      check.number(label, bits, row.get("bitset_" + reading));
      check.number(label, primary(bits), row.get("primary_" + reading));
    }
  }

  /** The bit of a reason that comes first in the priority of the specification. */
  private static int primary(int bits) {
    return PRIORITY.stream().filter(bit -> (bits & 1 << bit) != 0).findFirst().orElse(0);
  }

  /** Walks masks as a store does: a rule's bit where its mask turns from true to false. */
  private static int reasonBits(Map<String, MaskColumn> masks, int row) {
    int bits = 0;
    boolean before = true;
    boolean alive = true;
    for (Map.Entry<String, MaskColumn> mask : masks.entrySet()) {
      boolean after = mask.getValue().at(row);
      if (before && !after) {
        bits |= reason(mask.getKey()).mask();
      }
      before = after;
      alive &= after;
    }
    return alive ? InvalidReason.VALID.mask() : bits;
  }

  private static InvalidReason reason(String rule) {
    return switch (rule) {
      case "FreeSpaceRule" -> InvalidReason.POSE_OUT_OF_EXTENT;
      case "MinDistanceToMeshRule" -> InvalidReason.CLEARANCE_TOO_SMALL;
      case "PathCollisionRule" -> InvalidReason.PATH_SEGMENT_COLLISION;
      default -> InvalidReason.SAMPLER_RULE_REJECTED;
    };
  }

  private CandidateRules evaluate(CandidateRulesConfig config) {
    return CandidateRules.evaluate(
        config,
        SceneClearance.of(CubeOnFloor.bvh(), config),
        FRAME.originWorld(),
        candidates,
        diagnostics);
  }

  private static CandidateRulesConfig allRules() {
    JsonNode t = VECTORS.get("thresholds");
    return new CandidateRulesConfig(
        true,
        true,
        MotionBounds.of(
            number(t, "max_step_distance_m"),
            number(t, "max_height_delta_m"),
            number(t, "max_backward_step_m"),
            number(t, "max_yaw_delta_deg")),
        number(t, "min_distance_to_mesh"),
        true,
        PathRule.SAMPLED_CLEARANCE,
        t.get("ray_subsample").asInt(),
        number(t, "step_clearance"));
  }

  /** The configuration in which one rule alone decides. */
  private static CandidateRulesConfig only(String rule) {
    CandidateRulesConfig all = allRules();
    return new CandidateRulesConfig(
        rule.equals("FreeSpaceRule"),
        rule.equals("MotionRealismRule"),
        all.motion(),
        rule.equals("MinDistanceToMeshRule") ? all.minDistanceToMesh() : 0,
        rule.equals("PathCollisionRule"),
        all.pathRule(),
        all.raySubsample(),
        all.stepClearance());
  }

  private static CandidateRulesConfig withoutOtherRules() {
    return new CandidateRulesConfig(
        false, false, MotionBounds.unbounded(), 0, true, PathRule.SAMPLED_CLEARANCE, 32, 0.1);
  }

  private static SampledCandidate candidate(JsonNode row) {
    Vector3 centre = TestDirections.vector(row.get("center_world"));
    JsonNode rotation = row.get("rotation");
    Vector3[] rows = new Vector3[3];
    for (int i = 0; i < 3; i++) {
      rows[i] = TestDirections.vector(rotation.get(i));
    }
    Rotation3 axes =
        new Rotation3(
            new Vector3(rows[0].x(), rows[1].x(), rows[2].x()),
            new Vector3(rows[0].y(), rows[1].y(), rows[2].y()),
            new Vector3(rows[0].z(), rows[1].z(), rows[2].z()));
    return new SampledCandidate(axes.at(centre), FRAME.toLocal(centre), ViewJitter.NONE, 0);
  }

  private static double margin(AxisAlignedBox box, Vector3 centre) {
    SampledCandidate candidate =
        new SampledCandidate(FRAME.axes().at(centre), FRAME.toLocal(centre), ViewJitter.NONE, 0);
    return CandidateDiagnostics.measure(candidate, FRAME, box, Optional.empty())
        .freeSpaceMarginMetres();
  }

  private static double clearance(Vector3 at) {
    return MESH.distanceMetres(at, Double.POSITIVE_INFINITY);
  }

  private static Vector3 point(SplittableRandom random) {
    return new Vector3(
        4 * random.nextDouble() - 2, 4 * random.nextDouble() - 2, 2 * random.nextDouble() - 0.5);
  }

  private static MaskColumn all(int count) {
    boolean[] mask = new boolean[count];
    Arrays.fill(mask, true);
    return MaskColumn.of(mask);
  }

  private static double number(JsonNode node, String key) {
    return node.get(key).asDouble();
  }
}
