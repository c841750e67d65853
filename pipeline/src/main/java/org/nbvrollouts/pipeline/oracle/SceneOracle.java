package org.nbvrollouts.pipeline.oracle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Diagnostic errors of the whole scene around a row (specification generation 6.6). The mesh is
 * cropped, by any vertex, to the snippet's extent grown by what the node's candidates see. States
 * are measured against the whole mesh and then restricted to a crop: the root once per row, later
 * states by what differs from the root. For one thread at a time.
 */
public final class SceneOracle {
  private final TargetScorerConfig config;
  private final TriangleMesh mesh;
  private final Bvh meshBvh;
  private final PointBuffer rootCloud;
  private final AxisAlignedBox snippetBounds;
  private final VoxelFusion fusion;
  private final UnionScorer unions;
  private Optional<SceneStateMeasure> states = Optional.empty();
  private Optional<Crop> lastCrop = Optional.empty();

  /**
   * Prepares a row.
   *
   * @param meshBvh search structure of {@code mesh}
   * @param rootCloud reconstruction at the root, world metres
   * @param snippetBounds occupancy extent and bounds of the semidense points
   */
  public SceneOracle(
      TargetScorerConfig config,
      TriangleMesh mesh,
      Bvh meshBvh,
      PointBuffer rootCloud,
      AxisAlignedBox snippetBounds,
      VoxelFusion fusion) {
    this.config = config;
    this.mesh = mesh;
    this.meshBvh = meshBvh;
    this.rootCloud = rootCloud;
    this.snippetBounds = snippetBounds;
    this.fusion = fusion;
    this.unions = new UnionScorer(config.oracle(), fusion);
  }

  /**
   * Errors at a node and after each of its candidates, or empty if the crop has no face or the
   * state no point.
   *
   * @param history whole clouds of the candidates selected so far, in step order, world metres
   * @param candidates whole cloud per valid candidate, world metres
   */
  public Optional<SceneErrors> score(List<PointBuffer> history, List<PointBuffer> candidates) {
    Optional<Crop> crop = crop(bounds(candidates));
    if (crop.isEmpty()) {
      return Optional.empty();
    }
    Optional<EvaluatedCloud> current = current(crop.get(), history);
    return current.map(state -> score(crop.get(), state, candidates));
  }

  private SceneErrors score(Crop crop, EvaluatedCloud current, List<PointBuffer> candidates) {
    List<PointMeshError> after = new ArrayList<>(candidates.size());
    long pointsAdded = 0;
    for (PointBuffer candidate : candidates) {
      PointBuffer seen =
          fusion.fuse(candidate, config.evalFusionVoxelSizeMetres(), config.evalFusionMaxPoints());
      after.add(unions.errorAfter(crop.evaluator, current, seen));
      pointsAdded += seen.size();
    }
    return new SceneErrors(current.error(), after, pointsAdded);
  }

  private Optional<EvaluatedCloud> current(Crop crop, List<PointBuffer> history) {
    if (states.isEmpty()) {
      states =
          Optional.of(
              new SceneStateMeasure(
                  meshBvh,
                  config.oracle().minTriangleAreaM2(),
                  config.evalFusionVoxelSizeMetres(),
                  statePoints(List.of())));
    }
    if (!history.isEmpty()) {
      return evaluate(crop, states.get().state(statePoints(history)));
    }
    if (crop.root.isEmpty()) {
      crop.root = evaluate(crop, states.get().root());
    }
    return crop.root;
  }

  private static Optional<EvaluatedCloud> evaluate(Crop crop, SceneState state) {
    return state.points().isEmpty()
        ? Optional.empty()
        : Optional.of(crop.evaluator.evaluate(state));
  }

  private PointBuffer statePoints(List<PointBuffer> history) {
    double voxel = config.evalFusionVoxelSizeMetres();
    PointBuffer raw = rootCloud;
    if (!history.isEmpty()) {
      raw = new PointBuffer(rootCloud.size());
      raw.addAll(rootCloud);
      history.forEach(raw::addAll);
    }
    PointBuffer state = fusion.fuse(raw, voxel, VoxelFusion.NO_CAP);
    return unions.current(fusion.fuse(state, voxel, config.evalFusionMaxPoints()));
  }

  private AxisAlignedBox bounds(List<PointBuffer> clouds) {
    double[] bounds = {
      snippetBounds.minX(), snippetBounds.maxX(),
      snippetBounds.minY(), snippetBounds.maxY(),
      snippetBounds.minZ(), snippetBounds.maxZ()
    };
    for (PointBuffer cloud : clouds) {
      for (int i = 0; i < cloud.size(); i++) {
        include(bounds, 0, cloud.x(i));
        include(bounds, 2, cloud.y(i));
        include(bounds, 4, cloud.z(i));
      }
    }
    return new AxisAlignedBox(bounds[0], bounds[1], bounds[2], bounds[3], bounds[4], bounds[5]);
  }

  private static void include(double[] bounds, int axis, double value) {
    bounds[axis] = Math.min(bounds[axis], value);
    bounds[axis + 1] = Math.max(bounds[axis + 1], value);
  }

  private Optional<Crop> crop(AxisAlignedBox bounds) {
    if (lastCrop.isPresent() && lastCrop.get().bounds.equals(bounds)) {
      return lastCrop;
    }
    BitSet faces =
        AnyVertexCrop.keptFaces(
            mesh,
            vertex ->
                bounds.contains(
                    mesh.coordinate(vertex, 0),
                    mesh.coordinate(vertex, 1),
                    mesh.coordinate(vertex, 2)));
    if (faces.isEmpty()) {
      return Optional.empty();
    }
    if (lastCrop.isEmpty() || !lastCrop.get().faces.equals(faces)) {
      lastCrop =
          Optional.of(
              new Crop(
                  faces, new MeshEvaluator(meshBvh, config.oracle().minTriangleAreaM2(), faces)));
    }
    lastCrop.get().bounds = bounds;
    return lastCrop;
  }

  /** Faces inside some bounds, and the root evaluated against them once it is asked for. */
  private static final class Crop {
    private final BitSet faces;
    private final MeshEvaluator evaluator;
    private AxisAlignedBox bounds;
    private Optional<EvaluatedCloud> root = Optional.empty();

    Crop(BitSet faces, MeshEvaluator evaluator) {
      this.faces = faces;
      this.evaluator = evaluator;
    }
  }
}
