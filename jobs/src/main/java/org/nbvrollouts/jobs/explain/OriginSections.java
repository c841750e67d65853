package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.pipeline.candidate.CandidateDraw;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SampleIdentity;

/** Which candidate it is, where it stands and what it was drawn from. */
final class OriginSections {
  private static final String METRES = "m";
  private static final String DEGREES = "deg";

  private final CandidateCase candidate;

  OriginSections(CandidateCase candidate) {
    this.candidate = candidate;
  }

  List<Section> sections() {
    return List.of(
        new Section("candidate", "Candidate", identity()),
        new Section("pose", "Pose, world from camera (left, up, forward)", pose()),
        new Section("draws", "Draws", draws()));
  }

  private List<Fact> identity() {
    SampleIdentity sample = candidate.origin().sample().identity();
    StoredRow stored = candidate.stored();
    CandidateDraw draw = candidate.why().draw();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("scene", "scene", sample.sceneId()));
    facts.add(Fact.of("snippet", "snippet", sample.snippetId()));
    facts.add(Fact.of("sample_key", "source row", sample.sampleKey()));
    facts.add(Fact.of("target", "target", candidate.origin().target().actor().targetId()));
    facts.add(
        Fact.of(
            "target_class",
            "class of the target",
            candidate.origin().target().row().className().orElse("unnamed")));
    facts.add(Fact.of("rollout", "rollout", candidate.chain().id()));
    facts.add(Fact.of("recipe", "recipe", candidate.origin().recipe().name()));
    facts.add(Fact.of("step", "step, 0 is the first", (long) candidate.stepIndex()));
    facts.add(Fact.of("shell_index", "shell index", (long) candidate.shellIndex()));
    facts.add(
        Fact.of(
                "num_candidates",
                "candidates of the step",
                (long) candidate.node().candidates().size())
            .beside(candidate.step().row().integer("num_candidates")));
    facts.add(Fact.of("component", "component", draw.componentName()));
    facts.add(
        Fact.of("mixture_id", "number of the component", (long) draw.component())
            .beside(stored.integer("mixture_id")));
    facts.add(Fact.of("family", "position family", draw.family().key()));
    facts.add(
        Fact.of("position_id", "number of the family", (long) draw.family().id())
            .beside(stored.integer("position_id")));
    facts.add(Fact.of("view", "view mode", draw.view().key()));
    facts.add(
        Fact.of("strategy_id", "number of the view mode", (long) draw.view().id())
            .beside(stored.integer("strategy_id")));
    return facts;
  }

  private List<Fact> pose() {
    Pose12 pose = candidate.why().worldFromCamera();
    Pose12 reference = candidate.node().worldFromReference();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("yaw", "heading, from world x to y", heading(pose), DEGREES));
    facts.add(Fact.of("pitch", "looking up", pitch(pose), DEGREES));
    facts.add(Fact.of("reference_yaw", "heading before the move", heading(reference), DEGREES));
    facts.add(Fact.of("reference_x", "reference x", reference.tx(), METRES));
    facts.add(Fact.of("reference_y", "reference y", reference.ty(), METRES));
    facts.add(Fact.of("reference_z", "reference z", reference.tz(), METRES));
    double[] values = pose.toArray();
    for (int i = 0; i < values.length; i++) {
      boolean isRotation = i < 9;
      String name = isRotation ? "r" + i / 3 + i % 3 : "t" + "xyz".charAt(i - 9);
      String words = isRotation ? "rotation " + name : "centre " + name.charAt(1);
      facts.add(
          Fact.of("pose_" + name, words, values[i], isRotation ? "" : METRES)
              .beside(candidate.stored().real("pose_world_cam", i)));
    }
    return facts;
  }

  private List<Fact> draws() {
    CandidateDraw draw = candidate.why().draw();
    CandidateDraw.Uniforms u = draw.uniforms();
    return List.of(
        Fact.of("component_seed", "seed of the component", draw.componentSeed()),
        Fact.of("row", "row of the component", (long) draw.row()),
        Fact.of("u1", "U1, direction", u.direction1()),
        Fact.of("u2", "U2, direction", u.direction2()),
        Fact.of("u_radius", "U, radius", u.radius()),
        Fact.of("u_yaw", "U, yaw", u.yaw()),
        Fact.of("u_pitch", "U, pitch", u.pitch()),
        Fact.of("u_roll", "U, roll", u.roll()),
        Fact.of("offset_left", "offset to the left", draw.offsetLocal().x(), METRES),
        Fact.of("offset_up", "offset upwards", draw.offsetLocal().y(), METRES),
        Fact.of("offset_forward", "offset forwards", draw.offsetLocal().z(), METRES),
        Fact.of("radius", "radius", draw.radiusMetres(), METRES),
        Fact.of("jitter_yaw", "view jitter yaw", toDegrees(draw.jitterYawRad()), DEGREES),
        Fact.of("jitter_pitch", "view jitter pitch", toDegrees(draw.jitterPitchRad()), DEGREES),
        Fact.of("jitter_roll", "view jitter roll", toDegrees(draw.jitterRollRad()), DEGREES));
  }

  private static double heading(Pose12 pose) {
    return toDegrees(StrictMath.atan2(pose.r12(), pose.r02()));
  }

  private static double pitch(Pose12 pose) {
    return toDegrees(StrictMath.asin(Math.max(-1, Math.min(1, pose.r22()))));
  }

  private static double toDegrees(double radians) {
    return StrictMath.toDegrees(radians);
  }
}
