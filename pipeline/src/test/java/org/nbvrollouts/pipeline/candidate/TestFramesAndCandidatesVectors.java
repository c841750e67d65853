package org.nbvrollouts.pipeline.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.Pose12;

/** Every number of the golden file is an input or compared. */
class TestFramesAndCandidatesVectors {
  private final VectorCheck check = VectorCheck.of("frames_and_candidates");

  @Test
  void everyNumberOfTheFileIsReproduced() {
    frames(check.golden().get("frames"));
    sampling(check.golden().get("sampling"));
    orbit(check.golden().get("target_orbit"));
    orientation(check.golden().get("orientation"));
    check.everythingCompared(
        432,
        "note",
        "rig_world",
        "degenerate/input",
        "compose/a",
        "compose/b",
        "sampling/config",
        "sampling/sampling_pose",
        "target_world",
        "rows/u",
        "rows/phi",
        "radius_m",
        "orientation/reference",
        "orientation/center_world",
        "jitter/yaw_deg",
        "jitter/pitch_deg",
        "jitter/roll_deg");
  }

  private void frames(JsonNode frames) {
    Pose12 rig = pose(frames, "rig_world");
    Pose12 root = RigTwist.twist(rig);
    check.numbers("root_after_twist", root.toArray(), frames.get("root_after_twist"));
    Pose12 back = RigTwist.twist(RigTwist.twist(RigTwist.twist(root)));
    check.numbers("twist_undone", back.toArray(), frames.get("twist_undone"));
    check.numbers("sampling_pose", aligned(root).toArray(), frames.get("sampling_pose"));
    check.numbers("inverse_of_root", root.inverse().toArray(), frames.get("inverse_of_root"));
    for (JsonNode example : frames.get("degenerate")) {
      Pose12 level = aligned(pose(example, "input"));
      check.numbers("degenerate", level.toArray(), example.get("output"));
    }
    JsonNode compose = frames.get("compose");
    Pose12 product = pose(compose, "a").compose(pose(compose, "b"));
    check.numbers("a_times_b", product.toArray(), compose.get("a_times_b"));
  }

  private void sampling(JsonNode sampling) {
    JsonNode caps = sampling.get("config");
    double kappa = caps.get("kappa").asDouble();
    DirectionSampler sampler =
        new DirectionSampler(
            new ShellConfig(
                0,
                2,
                caps.get("min_elev_deg").asDouble(),
                caps.get("max_elev_deg").asDouble(),
                caps.get("azimuth_width_deg").asDouble(),
                DirectionSampling.FORWARD_POWERSPHERICAL,
                kappa));
    SamplingFrame frame = SamplingFrame.gravityAligned(pose(sampling, "sampling_pose"));
    Vector3 target = TestDirections.vector(sampling.get("target_world"));
    Vector3 bearing = FamilyDirections.bearing(frame.toLocal(target));
    for (JsonNode row : sampling.get("rows")) {
      double u1 = row.get("u").asDouble();
      double u2 = row.get("phi").asDouble() / (2 * Math.PI);
      Vector3 raw = DirectionSampler.raw(DirectionSampling.FORWARD_POWERSPHERICAL, kappa, u1, u2);
      check.numbers("raw_dir", array(raw), row.get("raw_dir"));
      Vector3 capped = sampler.sample(u1, u2);
      check.numbers("capped_dir", array(capped), row.get("capped_dir"));
      for (Map.Entry<String, JsonNode> mode : row.get("modes").properties()) {
        Vector3 direction =
            FamilyDirections.direction(PositionFamily.ofKey(mode.getKey()), capped, bearing);
        Vector3 offset = direction.times(row.get("radius_m").asDouble());
        check.numbers("dir", array(direction), mode.getValue().get("dir"));
        check.numbers("offset_ref", array(offset), mode.getValue().get("offset_ref"));
        check.numbers(
            "center_world", array(frame.toWorld(offset)), mode.getValue().get("center_world"));
      }
    }
  }

  private void orbit(JsonNode orbit) {
    JsonNode sampling = check.golden().get("sampling");
    SamplingFrame frame = SamplingFrame.physical(pose(sampling, "sampling_pose"));
    Vector3 target = TestDirections.vector(sampling.get("target_world"));
    Vector3 towards = SamplingFrame.horizontal(target.minus(frame.originWorld()));
    check.number("standoff_m", towards.norm(), orbit.get("standoff_m"));
    Vector3 bearing = towards.times(1 / towards.norm());
    check.numbers("bearing", array(bearing), orbit.get("bearing"));
    check.numbers("lateral", array(Vector3.WORLD_UP.cross(bearing)), orbit.get("lateral"));
    TargetOrbit twoAngles = new TargetOrbit(List.of(6.0, 10.0));
    int index = 0;
    for (JsonNode row : orbit.get("rows")) {
      check.number("angle_deg", twoAngles.angleDeg(index), row.get("angle_deg"));
      Vector3 centre = twoAngles.centreWorld(index, frame.originWorld(), target);
      check.numbers("center_world", array(centre), row.get("center_world"));
      check.numbers("offset_ref", array(frame.toLocal(centre)), row.get("offset_ref"));
      index++;
    }
  }

  private void orientation(JsonNode orientation) {
    SamplingFrame frame = SamplingFrame.gravityAligned(pose(orientation, "reference"));
    Vector3 centre = TestDirections.vector(orientation.get("center_world"));
    Optional<Vector3> target = Optional.of(TestDirections.vector(orientation.get("target_world")));
    for (ViewStrategy view : ViewStrategy.values()) {
      rotation(
          view.key(),
          ViewDirections.axes(view, frame, centre, target),
          orientation.get(view.key()));
    }
    JsonNode jitter = orientation.get("jitter");
    double yaw = Math.toRadians(jitter.get("yaw_deg").asDouble());
    double pitch = Math.toRadians(jitter.get("pitch_deg").asDouble());
    double roll = Math.toRadians(jitter.get("roll_deg").asDouble());
    ViewJitter turned = new ViewJitter(yaw, pitch, 0);
    rotation("delta_no_roll", turned.rotation(), jitter.get("delta_no_roll"));
    check.numbers("forward_of_delta", array(turned.rotation().z()), jitter.get("forward_of_delta"));
    rotation(
        "delta_with_roll",
        new ViewJitter(yaw, pitch, roll).rotation(),
        jitter.get("delta_with_roll"));
    rotation(
        "target_point_with_delta",
        turned.applyTo(ViewDirections.axes(ViewStrategy.TARGET_POINT, frame, centre, target)),
        jitter.get("target_point_with_delta"));
  }

  private void rotation(String place, Rotation3 actual, JsonNode rows) {
    List<Double> values = new ArrayList<>();
    for (Vector3 axis : List.of(Vector3.UNIT_X, Vector3.UNIT_Y, Vector3.UNIT_Z)) {
      values.add(actual.x().dot(axis));
      values.add(actual.y().dot(axis));
      values.add(actual.z().dot(axis));
    }
    check.numbers(place, values.stream().mapToDouble(Double::doubleValue).toArray(), rows);
  }

  private static Pose12 pose(JsonNode node, String name) {
    return GoldenVectors.pose(node.get(name));
  }

  private static Pose12 aligned(Pose12 camera) {
    SamplingFrame frame = SamplingFrame.gravityAligned(camera);
    return frame.axes().at(frame.originWorld());
  }

  private static double[] array(Vector3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }
}
