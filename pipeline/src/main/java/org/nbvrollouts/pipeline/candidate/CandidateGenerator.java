package org.nbvrollouts.pipeline.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;

/**
 * Samples the candidate table of a node and judges every row (specification generation 4). The
 * table has all rows, valid or not, in component order and then sample order. It depends on the
 * configuration, the mesh and the request alone; equal requests give equal bytes. For one thread at
 * a time.
 */
public final class CandidateGenerator {
  private final CandidateBaseConfig base;
  private final List<ComponentSampler> components;
  private final SceneClearance scene;

  /**
   * Prepares a generator.
   *
   * @param sceneMesh for clearance and collision, measured exactly
   */
  public CandidateGenerator(CandidateMixtureConfig config, Bvh sceneMesh) {
    this.base = config.base();
    this.scene = SceneClearance.of(sceneMesh, base.rules());
    List<ComponentSampler> samplers = new ArrayList<>();
    for (CandidateComponentConfig component : config.components()) {
      samplers.add(new ComponentSampler(samplers.size(), component, base));
    }
    components = List.copyOf(samplers);
  }

  /**
   * The candidate table of a node. Poses are world-from-camera; extras are those of {@link
   * CandidateExtras}.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if a component is about a target and
   *     the request has none
   */
  public CandidateShell generate(CandidateRequest request) {
    Table table = sample(request);
    CandidateRules rules =
        CandidateRules.evaluate(
            base.rules(),
            scene,
            table.node.sampling().originWorld(),
            table.candidates,
            table.diagnostics);
    return shell(table.candidates, table.diagnostics, rules);
  }

  /**
   * Why one row of the table of a node is where it is and is valid or not: what {@link #generate}
   * drew and measured, and what it did not have to measure.
   *
   * @param shellIndex position in the table
   * @throws org.nbvrollouts.store.error.RefusedInputException as {@link #generate}
   */
  public CandidateExplanation explain(CandidateRequest request, int shellIndex) {
    Table table = sample(request);
    SampledCandidate candidate = table.candidates.get(shellIndex);
    return CandidateExplainer.explain(
        base.rules(),
        scene,
        table.node.sampling().originWorld(),
        draw(request, candidate, shellIndex),
        candidate,
        table.diagnostics.get(shellIndex));
  }

  private CandidateDraw draw(CandidateRequest request, SampledCandidate candidate, int shellIndex) {
    ComponentSampler component = components.get(candidate.component());
    int before =
        components.subList(0, candidate.component()).stream()
            .mapToInt(ComponentSampler::count)
            .sum();
    long seed = component.seed(base, request.node());
    Vector3 offset = candidate.offsetLocal();
    return new CandidateDraw(
        candidate.component(),
        component.name(),
        component.family(),
        component.strategy(),
        shellIndex - before,
        seed,
        CandidateDraw.Uniforms.of(new CounterRandom(seed), shellIndex - before),
        new Point3(offset.x(), offset.y(), offset.z()),
        offset.norm(),
        candidate.jitter().yawRad(),
        candidate.jitter().pitchRad(),
        candidate.jitter().rollRad());
  }

  private Table sample(CandidateRequest request) {
    NodeGeometry node = NodeGeometry.of(request, base.alignToGravity());
    List<SampledCandidate> candidates = new ArrayList<>();
    for (ComponentSampler component : components) {
      CounterRandom random = new CounterRandom(component.seed(base, request.node()));
      component.sample(random, node, candidates::add);
    }
    List<CandidateDiagnostics> diagnostics =
        candidates.stream()
            .map(
                candidate ->
                    CandidateDiagnostics.measure(
                        candidate, node.sampling(), request.occupancyExtent(), node.targetWorld()))
            .toList();
    return new Table(node, candidates, diagnostics);
  }

  /** The rows of a node, not yet judged. */
  private record Table(
      NodeGeometry node,
      List<SampledCandidate> candidates,
      List<CandidateDiagnostics> diagnostics) {}

  private CandidateShell shell(
      List<SampledCandidate> candidates,
      List<CandidateDiagnostics> diagnostics,
      CandidateRules rules) {
    double probability = 1.0 / candidates.size();
    return new CandidateShell(
        rules.valid(),
        rules.masks(),
        candidates.stream().map(SampledCandidate::worldFromCamera).toList(),
        Optional.of(ids(candidates, row -> components.get(row.component()).strategy().id())),
        Optional.of(ids(candidates, row -> components.get(row.component()).family().id())),
        Optional.of(ids(candidates, SampledCandidate::component)),
        Optional.of(column(candidates, row -> probability)),
        CandidateExtras.columns(base.rules(), candidates, diagnostics, rules));
  }

  private static <T> DoubleColumn column(List<T> rows, ToDoubleFunction<T> value) {
    return DoubleColumn.of(rows.stream().mapToDouble(value).toArray());
  }

  private static <T> IntColumn ids(List<T> rows, ToIntFunction<T> value) {
    return IntColumn.of(rows.stream().mapToInt(value).toArray());
  }
}
