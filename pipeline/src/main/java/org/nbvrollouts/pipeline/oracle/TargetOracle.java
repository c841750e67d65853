package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Labels of one target (specification generation 6.4 and 6.5). The crop and its search structure
 * are built once; a node costs its own points, a candidate only those it adds. For one thread at a
 * time.
 */
public final class TargetOracle {
  /** Above the square root of 3, so that rounding never prunes a point that matters. */
  private static final double VOXEL_DIAGONALS = 1.7321;

  private static final double ROUNDING_METRES = 1e-9;

  private final TargetScorerConfig config;
  private final VoxelFusion fusion;
  private final UnionScorer unions;
  private final String targetId;
  private final TargetCrop crop;
  private final TargetCrop reach;
  private final MeshEvaluator mesh;

  private TargetOracle(
      TargetScorerConfig config,
      VoxelFusion fusion,
      String targetId,
      TargetCrop crop,
      TriangleMesh mesh) {
    this.config = config;
    this.fusion = fusion;
    this.unions = new UnionScorer(config.oracle(), fusion);
    this.targetId = targetId;
    this.crop = crop;
    this.reach =
        crop.grownBy(config.evalFusionVoxelSizeMetres() * VOXEL_DIAGONALS + ROUNDING_METRES);
    this.mesh = new MeshEvaluator(Bvh.build(mesh), config.oracle().minTriangleAreaM2());
  }

  /**
   * Crops the mesh to the target.
   *
   * @throws UnscorableTargetException if the crop has no face
   */
  public static TargetOracle of(
      TargetScorerConfig config, VoxelFusion fusion, OracleTarget target, TriangleMesh mesh)
      throws UnscorableTargetException {
    TargetCrop crop = TargetCrop.of(target, config.targetCropMarginMetres());
    TriangleMesh cropped = crop.crop(mesh);
    if (cropped.faceCount() == 0) {
      throw new UnscorableTargetException(
          TargetFailure.TARGET_CROP_EMPTY,
          "Cannot score target: no face of the mesh has a vertex in its box (target="
              + target.targetId()
              + ", faces="
              + mesh.faceCount()
              + ")");
    }
    return new TargetOracle(config, fusion, target.targetId(), crop, cropped);
  }

  /**
   * State before the first step.
   *
   * @param rootCloud reconstruction at the root, world metres
   * @throws UnscorableTargetException if too few of its points lie in the crop
   */
  public TargetState root(PointBuffer rootCloud) throws UnscorableTargetException {
    return state(reach.inside(rootCloud));
  }

  /**
   * State after a step.
   *
   * @param selectedCloud whole cloud of the selected candidate, world metres
   * @throws UnscorableTargetException if too few points lie in the crop
   */
  public TargetState after(TargetState before, PointBuffer selectedCloud)
      throws UnscorableTargetException {
    PointBuffer raw = new PointBuffer(before.rawPoints().size() + selectedCloud.size());
    raw.addAll(before.rawPoints());
    reach.appendInside(selectedCloud, raw);
    return state(raw);
  }

  /**
   * Error after adding a candidate's view. A candidate that sees nothing of the target changes
   * nothing.
   *
   * @param cloud whole cloud of the candidate, world metres
   */
  public CandidateError score(TargetState state, PointBuffer cloud) {
    PointBuffer seen = added(cloud);
    return new CandidateError(unions.errorAfter(mesh, state.current(), seen), seen.size());
  }

  /**
   * The points that a candidate's view adds to the current points, after crop and fusion, world
   * metres, in a new buffer.
   *
   * @param cloud whole cloud of the candidate, world metres
   */
  public PointBuffer added(PointBuffer cloud) {
    return fused(crop.inside(cloud));
  }

  private PointBuffer fused(PointBuffer inside) {
    return fusion.fuse(inside, config.evalFusionVoxelSizeMetres(), config.targetEvalMaxPoints());
  }

  /**
   * How the error after adding a candidate's view comes about; {@link #score} gives the same error.
   *
   * @param cloud whole cloud of the candidate, world metres
   */
  public ScoreExplanation explain(TargetState state, PointBuffer cloud) {
    PointBuffer inside = crop.inside(cloud);
    PointBuffer added = fused(inside);
    return new ScoreExplanation(
        state.error(),
        unions.errorAfter(mesh, state.current(), added),
        inside,
        added,
        added.isEmpty() ? 0 : mesh.sumOfSquaredDistances(added) / added.size(),
        added.isEmpty() ? 0 : state.current().facesNearerTo(added),
        mesh.faceCount());
  }

  /** The faces of a mesh that labels are measured against, in their order. */
  public TriangleMesh keptFaces(TriangleMesh sceneMesh) {
    return crop.crop(sceneMesh);
  }

  /**
   * Fuses, crops and evaluates. Points farther from the crop than a voxel diagonal share no voxel
   * with a mean inside it and are absent from {@code raw} already.
   */
  private TargetState state(PointBuffer raw) throws UnscorableTargetException {
    double voxel = config.evalFusionVoxelSizeMetres();
    PointBuffer fused = fusion.fuse(raw, voxel, VoxelFusion.NO_CAP);
    PointBuffer inside = fused(crop.inside(fused));
    if (inside.size() < config.minCurrentTargetPoints()) {
      throw new UnscorableTargetException(
          TargetFailure.TARGET_SUPPORT_TOO_LOW,
          "Cannot score target: too few current points in its box (target="
              + targetId
              + ", points="
              + inside.size()
              + ", expected at least "
              + config.minCurrentTargetPoints()
              + ")");
    }
    return new TargetState(raw, mesh.evaluate(unions.current(inside)));
  }
}
