package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.CandidateComponentConfig;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.candidate.ShellConfig;
import org.nbvrollouts.pipeline.candidate.ShellOverrides;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.pipeline.rollout.ProposalStream;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** The candidate table of a node (specification generation 4.1 to 4.3 and 4.6). */
final class ShellReplay {
  private static final int NUMBERS_PER_ROW = 8;
  private static final double LEAST = 1e-6;

  private final CandidateMixtureConfig mixture;
  private final RuleReplay rules;

  ShellReplay(CandidateMixtureConfig mixture, RuleReplay rules) {
    this.mixture = mixture;
    this.rules = rules;
  }

  /**
   * What the seeds and places of a node depend on.
   *
   * @param path shell indices selected so far
   */
  record Node(
      String sampleKey,
      String targetId,
      List<Integer> path,
      ProposalStream proposals,
      Pose12 worldFromCamera,
      Point3 targetCentreWorld) {}

  /** A row before the rules: where it is, and the move to it in the sampling frame. */
  record Drawn(
      Pose12 worldFromCamera,
      Vector offset,
      int component,
      PositionFamily family,
      ViewStrategy strategy) {}

  /** All rows, component by component. */
  List<ReplayedCandidate> candidates(Node node) {
    CandidateBaseConfig base = mixture.base();
    Axes axes =
        base.alignToGravity()
            ? Axes.alignedToGravity(node.worldFromCamera())
            : Axes.of(node.worldFromCamera());
    List<Drawn> drawn = new ArrayList<>();
    for (int index = 0; index < mixture.components().size(); index++) {
      CandidateComponentConfig component = mixture.components().get(index);
      CounterRandom random = new CounterRandom(seed(node, index, component.name()));
      for (int row = 0; row < component.count(); row++) {
        drawn.add(draw(node, axes, index, component, random, row));
      }
    }
    return rules.judge(drawn, axes, origin(node), Vector.of(node.targetCentreWorld()));
  }

  private long seed(Node node, int index, String name) {
    CandidateBaseConfig base = mixture.base();
    if (base.seedMode() == SeedMode.SEED_ONCE) {
      return node.proposals().seed().orElse(base.seed()) + index;
    }
    long nodeSeed =
        StateKeyedSeeds.derive(
            "proposal",
            node.proposals().seed().orElse(base.seed()),
            node.sampleKey(),
            node.targetId(),
            node.path(),
            node.proposals().replica());
    return StateKeyedSeeds.derive("component", nodeSeed, name);
  }

  private static Vector origin(Node node) {
    Pose12 pose = node.worldFromCamera();
    return new Vector(pose.tx(), pose.ty(), pose.tz());
  }

  private Drawn draw(
      Node node,
      Axes axes,
      int index,
      CandidateComponentConfig component,
      CounterRandom random,
      int row) {
    PositionFamily family = component.positionMode().orElse(mixture.base().positionMode());
    long first = (long) NUMBERS_PER_ROW * row;
    Vector origin = origin(node);
    Vector target = Vector.of(node.targetCentreWorld());
    Vector offset;
    Vector centre;
    if (family == PositionFamily.TARGET_ORBIT) {
      centre = DirectionFormulas.onOrbit(row, origin, target);
      offset = Axes.of(node.worldFromCamera()).inward(centre.minus(origin));
    } else {
      offset = offset(family, component.shell(), axes.inward(target.minus(origin)), random, first);
      centre = axes.outward(offset).plus(origin);
    }
    double kappa = component.shell().kappa().orElse(mixture.base().shell().kappa());
    Axes view =
        new ViewTurn(mixture.base().view(), component.view(), kappa)
            .apply(view(component.viewMode(), axes, origin, centre, target), random, first + 3);
    return new Drawn(view.at(centre), offset, index, family, component.viewMode());
  }

  /** Direction times radius in the sampling frame, metres. */
  private Vector offset(
      PositionFamily family, ShellOverrides own, Vector target, CounterRandom random, long first) {
    ShellConfig base = mixture.base().shell();
    double kappa = own.kappa().orElse(base.kappa());
    Vector capped =
        DirectionFormulas.capped(
            DirectionFormulas.raw(
                base.samplingStrategy(), kappa, random.doubleAt(first), random.doubleAt(first + 1)),
            own.deltaAzimuthDeg().orElse(base.deltaAzimuthDeg()),
            own.minElevDeg().orElse(base.minElevDeg()),
            own.maxElevDeg().orElse(base.maxElevDeg()));
    double least = own.minRadius().orElse(base.minRadius());
    double most = own.maxRadius().orElse(base.maxRadius());
    double radius = least + random.doubleAt(first + 2) * (most - least);
    return DirectionFormulas.ofFamily(family, capped, DirectionFormulas.bearing(target))
        .times(radius);
  }

  /** Where a candidate looks before it is turned at random. */
  private static Axes view(
      ViewStrategy strategy, Axes sampling, Vector origin, Vector centre, Vector target) {
    Vector ahead = sampling.forward();
    Vector away = centre.minus(origin);
    return switch (strategy) {
      case FORWARD_RIG -> sampling;
      case RADIAL_AWAY -> Axes.level(away.unitOr(LEAST, ahead));
      case RADIAL_TOWARDS -> Axes.level(away.times(-1).unitOr(LEAST, ahead));
      case TARGET_POINT -> Axes.lookAlong(target.minus(centre).unitOr(LEAST, ahead));
    };
  }
}
