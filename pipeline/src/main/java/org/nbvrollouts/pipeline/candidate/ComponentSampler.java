package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import java.util.function.Consumer;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Draws the rows of one component: exactly as many as configured, none twice. */
final class ComponentSampler {
  private static final TargetOrbit ORBIT = new TargetOrbit();

  private final int index;
  private final CandidateComponentConfig component;
  private final PositionFamily family;
  private final ShellConfig shell;
  private final ViewJitterConfig view;
  private final DirectionSampler directions;

  ComponentSampler(int index, CandidateComponentConfig component, CandidateBaseConfig base) {
    this.index = index;
    this.component = component;
    family = component.positionMode().orElse(base.positionMode());
    shell = component.shell().applyTo(base.shell());
    view = component.view().applyTo(base.view());
    directions = new DirectionSampler(shell);
  }

  PositionFamily family() {
    return family;
  }

  ViewStrategy strategy() {
    return component.viewMode();
  }

  String name() {
    return component.name();
  }

  int count() {
    return component.count();
  }

  /** Seed of this component at a node. */
  long seed(CandidateBaseConfig base, NodeKey node) {
    return switch (base.seedMode()) {
      case STATE_KEYED ->
          StateKeyedSeeds.component(node.proposalSeed(base.seed()), component.name());
      case SEED_ONCE -> node.seedOr(base.seed()) + index;
    };
  }

  /**
   * Draws the rows in order.
   *
   * @throws RefusedInputException if family or view is about a target and there is none
   */
  void sample(CounterRandom random, NodeGeometry node, Consumer<SampledCandidate> rows) {
    Optional<Vector3> targetWorld = node.targetWorld();
    if (targetWorld.isEmpty()
        && (FamilyDirections.needTarget(family) || strategy() == ViewStrategy.TARGET_POINT)) {
      throw new RefusedInputException(
          "Cannot sample candidates: component needs a target centre (name="
              + component.name()
              + ", position_mode="
              + family.key()
              + ", view_mode="
              + strategy().key()
              + ")");
    }
    for (int row = 0; row < component.count(); row++) {
      CandidateDraw.Uniforms u = CandidateDraw.Uniforms.of(random, row);
      Place place = family == PositionFamily.TARGET_ORBIT ? orbit(node, row) : drawn(node, u);
      ViewJitter jitter = ViewJitter.sample(view, shell.kappa(), u.yaw(), u.pitch(), u.roll());
      Rotation3 axes =
          jitter.applyTo(
              ViewDirections.axes(strategy(), node.sampling(), place.centreWorld(), targetWorld));
      rows.accept(
          new SampledCandidate(axes.at(place.centreWorld()), place.offsetLocal(), jitter, index));
    }
  }

  /** A centre and the move to it as motion bounds see it, metres. */
  private record Place(Vector3 centreWorld, Vector3 offsetLocal) {}

  private Place drawn(NodeGeometry node, CandidateDraw.Uniforms u) {
    Vector3 bearing =
        node.targetWorld()
            .map(node.sampling()::toLocal)
            .map(FamilyDirections::bearing)
            .orElse(Vector3.UNIT_Z);
    Vector3 direction =
        FamilyDirections.direction(
            family, directions.sample(u.direction1(), u.direction2()), bearing);
    double radius = shell.minRadius() + u.radius() * (shell.maxRadius() - shell.minRadius());
    Vector3 offset = direction.times(radius);
    return new Place(node.sampling().toWorld(offset), offset);
  }

  private Place orbit(NodeGeometry node, int row) {
    Vector3 centre =
        ORBIT.centreWorld(row, node.reference().originWorld(), node.targetWorld().orElseThrow());
    return new Place(centre, node.reference().toLocal(centre));
  }
}
