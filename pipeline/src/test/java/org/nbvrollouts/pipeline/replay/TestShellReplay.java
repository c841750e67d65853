package org.nbvrollouts.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.CandidateComponentConfig;
import org.nbvrollouts.pipeline.candidate.CandidateGenerator;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.CandidateRequest;
import org.nbvrollouts.pipeline.candidate.CandidateRulesConfig;
import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.pipeline.candidate.MotionBounds;
import org.nbvrollouts.pipeline.candidate.NodeKey;
import org.nbvrollouts.pipeline.candidate.PathRule;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.candidate.ShellConfig;
import org.nbvrollouts.pipeline.candidate.ShellOverrides;
import org.nbvrollouts.pipeline.candidate.ViewJitterConfig;
import org.nbvrollouts.pipeline.candidate.ViewJitterOverrides;
import org.nbvrollouts.pipeline.reference.ReferenceClearance;
import org.nbvrollouts.pipeline.rollout.ProposalStream;
import org.nbvrollouts.pipeline.rollout.RoomFixture;
import org.nbvrollouts.pipeline.rollout.SceneMesh;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Generation and its second formulation give the same candidate tables. */
final class TestShellReplay {
  private static final int CASES = Integer.getInteger("reference.cases", 200);
  private static final AxisAlignedBox EXTENT = new AxisAlignedBox(0.2, 5.5, 0.3, 4.8, 0.1, 2.4);
  private static final SceneMesh MESH = RoomFixture.sceneMesh(1);

  @Test
  void posesAreEqualToTheLastBitAndVerdictsAreTheSame() {
    int[] reasons = new int[32];
    for (long seed = 1; seed <= CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      CandidateMixtureConfig mixture = mixture(random);
      ShellReplay.Node node = node(random);
      CandidateShell shell =
          new CandidateGenerator(mixture, MESH.bvh())
              .generate(
                  new CandidateRequest(
                      node.worldFromCamera(),
                      Optional.of(node.targetCentreWorld()),
                      EXTENT,
                      new NodeKey(
                          node.sampleKey(),
                          node.targetId(),
                          node.path(),
                          node.proposals().replica(),
                          node.proposals().seed())));
      List<ReplayedCandidate> replayed =
          new ShellReplay(
                  mixture,
                  new RuleReplay(
                      mixture.base().rules(), EXTENT, new ReferenceClearance(MESH.mesh())))
              .candidates(node);
      assertThat(replayed).as("seed %d", seed).hasSize(shell.size());
      for (int row = 0; row < shell.size(); row++) {
        ReplayedCandidate candidate = replayed.get(row);
        assertThat(candidate.worldFromCamera())
            .as("seed %d row %d %s", seed, row, candidate.family())
            .isEqualTo(shell.worldFromCamera().get(row));
        assertThat(candidate.isValid())
            .as("seed %d row %d", seed, row)
            .isEqualTo(shell.valid().at(row));
        reasons[candidate.verdict().primaryReason()]++;
      }
      assertSame(shell, replayed, "min_distance_to_mesh", m -> m.meshDistance(), 0, seed);
      assertSame(shell, replayed, "path_min_clearance_m", m -> m.pathClearance(), 1e-9, seed);
      assertSame(shell, replayed, "free_space_margin_m", m -> m.freeSpaceMargin(), 0, seed);
      assertSame(shell, replayed, "motion_step_length_m", m -> m.stepLength(), 0, seed);
      assertSame(shell, replayed, "motion_height_delta_m", m -> m.heightDelta(), 0, seed);
      assertSame(shell, replayed, "motion_backward_step_m", m -> m.backwardStep(), 0, seed);
      assertSame(shell, replayed, "motion_yaw_delta_rad", m -> m.yawDelta(), 0, seed);
      assertSame(shell, replayed, "target_distance_m", m -> m.targetDistance(), 0, seed);
      assertSame(shell, replayed, "target_bearing_yaw_rad", m -> m.targetBearingYaw(), 0, seed);
    }
    assertThat(reasons[0]).as("valid rows").isPositive();
    for (int reason : new int[] {2, 5, 6, 12}) {
      assertThat(reasons[reason]).as("rows of reason %d", reason).isPositive();
    }
  }

  private static void assertSame(
      CandidateShell shell,
      List<ReplayedCandidate> replayed,
      String name,
      ToDoubleFunction<ReplayedCandidate.Measures> measure,
      double tolerance,
      long seed) {
    for (int row = 0; row < shell.size(); row++) {
      double actual = shell.extras().get(name).at(row);
      double expected = measure.applyAsDouble(replayed.get(row).measures());
      boolean isSame =
          Double.compare(actual, expected) == 0 || Math.abs(actual - expected) <= tolerance;
      assertThat(isSame)
          .as("seed %d row %d %s: %s instead of %s", seed, row, name, actual, expected)
          .isTrue();
    }
  }

  private static ShellReplay.Node node(SplittableRandom random) {
    double yaw = 6 * random.nextDouble();
    double tilt = random.nextInt(5) == 0 ? Math.PI / 2 : random.nextDouble() - 0.5;
    double c = Math.cos(yaw);
    double s = Math.sin(yaw);
    Vector forward = new Vector(c * Math.cos(tilt), s * Math.cos(tilt), Math.sin(tilt));
    Vector left = new Vector(-s, c, 0);
    Pose12 pose =
        new Axes(left, forward.cross(left), forward)
            .at(
                new Vector(
                    0.5 + 2 * random.nextDouble(),
                    1 + 3 * random.nextDouble(),
                    1 + random.nextDouble()));
    Point3 target =
        random.nextInt(6) == 0
            ? new Point3(pose.tx(), pose.ty(), pose.tz() - 0.7)
            : new Point3(4, 1.5, 0.8);
    List<Integer> path = random.nextBoolean() ? List.of() : List.of(3, 17);
    OptionalLong seed = random.nextInt(3) == 0 ? OptionalLong.of(9) : OptionalLong.empty();
    return new ShellReplay.Node(
        "room-0", "t", path, new ProposalStream(seed, random.nextInt(2)), pose, target);
  }

  private static CandidateMixtureConfig mixture(SplittableRandom random) {
    CandidateBaseConfig base =
        new CandidateBaseConfig(
            "rgb",
            random.nextInt(4) > 0,
            new ShellConfig(
                0.2,
                1.3,
                -20,
                30,
                random.nextInt(3) == 0 ? 360 : 40 + 200 * random.nextDouble(),
                any(random, DirectionSampling.values()),
                4 * random.nextDouble()),
            PositionFamily.UPPER_BOUND_FREE_SHELL,
            view(random),
            rules(random),
            OptionalInt.empty(),
            random.nextInt(3),
            any(random, SeedMode.values()));
    List<CandidateComponentConfig> components = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      components.add(
          new CandidateComponentConfig(
              "component-" + i,
              1 + random.nextInt(14),
              any(random, ViewStrategy.values()),
              random.nextInt(5) == 0
                  ? Optional.empty()
                  : Optional.of(any(random, PositionFamily.values())),
              random.nextBoolean() ? ShellOverrides.none() : ShellOverrides.radii(0.3, 0.6),
              random.nextBoolean()
                  ? ViewJitterOverrides.none()
                  : new ViewJitterOverrides(
                      OptionalDouble.empty(),
                      OptionalDouble.of(20),
                      OptionalDouble.empty(),
                      OptionalDouble.of(3),
                      Optional.empty(),
                      OptionalDouble.empty())));
    }
    return new CandidateMixtureConfig(base, components);
  }

  private static <T> T any(SplittableRandom random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static ViewJitterConfig view(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> ViewJitterConfig.none();
      case 1 -> ViewJitterConfig.caps(60, 30);
      case 2 ->
          new ViewJitterConfig(
              25,
              OptionalDouble.empty(),
              OptionalDouble.of(5),
              10,
              Optional.empty(),
              OptionalDouble.empty());
      default ->
          new ViewJitterConfig(
              0,
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              0,
              Optional.of(DirectionSampling.FORWARD_POWERSPHERICAL),
              OptionalDouble.of(30));
    };
  }

  private static CandidateRulesConfig rules(SplittableRandom random) {
    return new CandidateRulesConfig(
        random.nextInt(5) > 0,
        random.nextBoolean(),
        random.nextBoolean() ? MotionBounds.juneDefault() : MotionBounds.of(0.9, 0.3, 0.1, 50),
        random.nextInt(5) == 0 ? 0 : 0.2,
        random.nextInt(5) > 0,
        any(random, PathRule.values()),
        2 + random.nextInt(31),
        random.nextInt(5) == 0 ? 0 : 0.3);
  }
}
