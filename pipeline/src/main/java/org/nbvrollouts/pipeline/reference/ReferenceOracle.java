package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Errors of one node from its whole history, by the letter of specification generation 6.4 to 6.6.
 * Clouds come from {@link ReferenceDepth}; all coordinates are world metres. Keeps no state between
 * calls.
 */
public final class ReferenceOracle {
  private final TargetScorerConfig config;
  private final TriangleMesh mesh;
  private final LoopMode loops;

  /** An oracle that measures every point against every face. */
  public ReferenceOracle(TargetScorerConfig config, TriangleMesh mesh) {
    this(config, mesh, LoopMode.ALL);
  }

  /** An oracle with other loops; the result is the same to the last bit. */
  public ReferenceOracle(TargetScorerConfig config, TriangleMesh mesh, LoopMode loops) {
    this.config = config;
    this.mesh = mesh;
    this.loops = loops;
  }

  /**
   * Errors of a target, or empty if no face or too few current points lie in its box.
   *
   * @param rootCloud reconstruction at the root
   * @param history whole clouds of the views selected so far, in step order
   * @param candidates whole cloud per candidate
   */
  public Optional<ReferenceNode> target(
      OracleTarget target,
      List<Point3> rootCloud,
      List<List<Point3>> history,
      List<List<Point3>> candidates) {
    ReferenceBox box = box(target);
    FaceMeasure faces = faces(box::contains);
    List<Point3> current = current(box, rootCloud, history);
    if (faces.isEmpty() || current.size() < config.minCurrentTargetPoints()) {
      return Optional.empty();
    }
    return Optional.of(node(faces, new ReferenceCrops(scored(current), seen(box, candidates))));
  }

  /**
   * The points that the errors of a target are measured on.
   *
   * @param rootCloud reconstruction at the root
   * @param history whole clouds of the views selected so far, in step order
   * @param candidates whole cloud per candidate
   */
  public ReferenceCrops crops(
      OracleTarget target,
      List<Point3> rootCloud,
      List<List<Point3>> history,
      List<List<Point3>> candidates) {
    ReferenceBox box = box(target);
    return new ReferenceCrops(scored(current(box, rootCloud, history)), seen(box, candidates));
  }

  private List<Point3> current(
      ReferenceBox box, List<Point3> rootCloud, List<List<Point3>> history) {
    double voxel = config.evalFusionVoxelSizeMetres();
    List<Point3> state = ReferenceFusion.fuse(join(rootCloud, history), voxel, OptionalInt.empty());
    return ReferenceFusion.fuse(
        box.inside(state), voxel, OptionalInt.of(config.targetEvalMaxPoints()));
  }

  private List<List<Point3>> seen(ReferenceBox box, List<List<Point3>> candidates) {
    double voxel = config.evalFusionVoxelSizeMetres();
    OptionalInt cap = OptionalInt.of(config.targetEvalMaxPoints());
    return candidates.stream()
        .map(cloud -> ReferenceFusion.fuse(box.inside(cloud), voxel, cap))
        .toList();
  }

  private ReferenceBox box(OracleTarget target) {
    return new ReferenceBox(
        target.worldFromObject(), target.boundsObject(), config.targetCropMarginMetres());
  }

  /**
   * Errors of the scene, or empty if the crop has no face or the state no point.
   *
   * @param snippetBounds occupancy extent and bounds of the semidense points
   * @param rootCloud reconstruction at the root
   * @param history whole clouds of the views selected so far, in step order
   * @param candidates whole cloud per candidate; they also grow the crop
   */
  public Optional<ReferenceNode> scene(
      AxisAlignedBox snippetBounds,
      List<Point3> rootCloud,
      List<List<Point3>> history,
      List<List<Point3>> candidates) {
    AxisAlignedBox bounds = snippetBounds;
    for (Point3 point : join(List.of(), candidates)) {
      bounds =
          bounds.union(
              new AxisAlignedBox(point.x(), point.x(), point.y(), point.y(), point.z(), point.z()));
    }
    AxisAlignedBox crop = bounds;
    FaceMeasure faces = faces(vertex -> crop.contains(vertex.x(), vertex.y(), vertex.z()));
    double voxel = config.evalFusionVoxelSizeMetres();
    OptionalInt cap = OptionalInt.of(config.evalFusionMaxPoints());
    List<Point3> state = ReferenceFusion.fuse(join(rootCloud, history), voxel, OptionalInt.empty());
    List<Point3> current = ReferenceFusion.fuse(state, voxel, cap);
    if (faces.isEmpty() || current.isEmpty()) {
      return Optional.empty();
    }
    List<List<Point3>> seen =
        candidates.stream().map(cloud -> ReferenceFusion.fuse(cloud, voxel, cap)).toList();
    return Optional.of(node(faces, new ReferenceCrops(scored(current), seen)));
  }

  /** Current points as they are scored, fused and capped once more. */
  private List<Point3> scored(List<Point3> cropped) {
    return ReferenceFusion.fuse(
        cropped, config.oracle().fusionVoxelSizeMetres(), config.oracle().fusionMaxPoints());
  }

  /** Errors of cropped and fused clouds. */
  private ReferenceNode node(FaceMeasure faces, ReferenceCrops crops) {
    List<Point3> current = crops.current();
    ReferenceError before = faces.error(current);
    List<ReferenceCandidate> scored =
        crops.candidates().stream()
            .map(
                seen ->
                    new ReferenceCandidate(
                        seen.isEmpty() ? before : after(faces, current, seen), seen.size()))
            .toList();
    return new ReferenceNode(before, current.size(), scored);
  }

  private FaceMeasure faces(Predicate<Point3> insideWorld) {
    return loops.faces(mesh, insideWorld, config.oracle().minTriangleAreaM2());
  }

  private ReferenceError after(FaceMeasure faces, List<Point3> current, List<Point3> candidate) {
    OptionalInt cap = config.oracle().fusionMaxPoints();
    if (cap.isEmpty()) {
      List<Point3> both = join(current, List.of(candidate));
      double voxel = config.oracle().fusionVoxelSizeMetres();
      return faces.error(ReferenceFusion.fuse(both, voxel, OptionalInt.empty()));
    }
    return current.size() + candidate.size() <= cap.getAsInt()
        ? faces.error(current, candidate)
        : faces.error(ReferenceFusion.balancedUnion(current, candidate, cap.getAsInt()));
  }

  private static List<Point3> join(List<Point3> first, List<List<Point3>> others) {
    List<Point3> all = new ArrayList<>(first);
    others.forEach(all::addAll);
    return all;
  }
}
