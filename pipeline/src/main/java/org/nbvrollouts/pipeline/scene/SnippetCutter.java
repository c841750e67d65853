package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;

/** Turns a stretch of a walk into one source sample. */
final class SnippetCutter {
  private static final int LEAST_SEEN_POINTS = 4;
  private static final double STANDARD_GRAVITY = 9.81;
  private static final double SHORTEST_EDGE = 1e-6;

  private final SyntheticSceneConfig config;
  private final SyntheticScene scene;
  private final MeshReference mesh;
  private final BoxProjector projector;

  SnippetCutter(SyntheticSceneConfig config, SyntheticScene scene, MeshReference mesh) {
    this.config = config;
    this.scene = scene;
    this.mesh = mesh;
    this.projector =
        new BoxProjector(new RigCamera(scene.bvh(), scene.calibration()), scene.owners());
  }

  SourceSample cut(int snippet, long sampleIndex, String split) {
    int first = firstFrame(snippet);
    int frames = config.posesPerSnippet();
    PoseTrajectory trajectory =
        new PoseTrajectory(
            scene.walk().worldFromRig().subList(first, first + frames),
            scene.walk().timesNs().subList(first, first + frames));
    SampledPoints sampled = scene.sampledPoints().between(first, frames);
    SparsePoints points = sampled.toSparsePoints();
    Pose12 worldFromSnippet = snippetFrame(trajectory.worldFromRig().get(0));
    ImageBox[] images = projector.project(trajectory.last(), scene.calibration(), scene.truth());
    int[] seen = SyntheticSceneGenerator.seenPoints(sampled, scene.owners(), scene.truth().size());
    String snippetId = String.format(Locale.ROOT, "snippet-%06d", snippet);
    String key = scene.sceneId() + "::" + snippetId;
    SceneRandom random = new SceneRandom(config.seed()).child(key);
    List<ObjectBox> detections =
        new NoisyDetector(config.detectorNoise()).detect(scene.truth(), seen, random);
    ActorEvidence actor =
        new ActorEvidence(
            trajectory,
            trajectory.last(),
            Optional.of(trajectory.last()),
            Optional.of(worldFromSnippet),
            Optional.of(new Point3(0, 0, -STANDARD_GRAVITY)),
            scene.calibrations(frames),
            points,
            Optional.of(scene.volume()),
            occupancyExtent(scene.volume(), points.pointsWorld()),
            Optional.of(
                table(
                    SyntheticSceneGenerator.renumbered(detections),
                    imagesOf(detections, images),
                    worldFromSnippet)),
            Optional.empty());
    List<ObjectBox> observed = observed(images, seen);
    OracleEvidence oracle =
        new OracleEvidence(
            Optional.of(table(observed, imagesOf(observed, images), worldFromSnippet)),
            Optional.empty(),
            mesh);
    SampleIdentity identity =
        new SampleIdentity(sampleIndex, key, scene.sceneId(), snippetId, split, "", 0);
    return new SourceSample(identity, actor, oracle);
  }

  /** Snippets are spread evenly from the start of the walk to its end. */
  private int firstFrame(int snippet) {
    int last = scene.walk().size() - config.posesPerSnippet();
    int gaps = config.snippetsPerScene() - 1;
    return gaps == 0 ? last / 2 : (int) ((long) last * snippet / gaps);
  }

  private List<ObjectBox> observed(ImageBox[] images, int[] seen) {
    List<ObjectBox> observed = new ArrayList<>();
    for (ObjectBox box : scene.truth()) {
      int index = box.instanceId();
      if (seen[index] >= LEAST_SEEN_POINTS || !images[index].isEmpty()) {
        observed.add(box);
      }
    }
    return observed;
  }

  private static List<ImageBox> imagesOf(List<ObjectBox> boxes, ImageBox[] images) {
    return boxes.stream().map(box -> images[box.instanceId()]).toList();
  }

  /** A table in snippet frame with the image box of each row. */
  private static BoxTable table(
      List<ObjectBox> boxes, List<ImageBox> images, Pose12 worldFromSnippet) {
    Pose12 snippetFromWorld = worldFromSnippet.inverse();
    List<OrientedBox> rows = new ArrayList<>();
    for (int row = 0; row < boxes.size(); row++) {
      rows.add(boxes.get(row).toOrientedBox(snippetFromWorld, images.get(row), row));
    }
    return new BoxTable(rows, BoxTable.Frame.SNIPPET, ObjectClass.names());
  }

  /** Where the first pose stands, level, x along its gaze. */
  private static Pose12 snippetFrame(Pose12 firstWorldFromRig) {
    double yaw = StrictMath.atan2(firstWorldFromRig.r12(), firstWorldFromRig.r02());
    return HandheldWalk.rounded(
        Frames.yaw(yaw, firstWorldFromRig.tx(), firstWorldFromRig.ty(), firstWorldFromRig.tz()));
  }

  /** The smaller of volume and point bounds, by volume (specification source 7.2). */
  static AxisAlignedBox occupancyExtent(AxisAlignedBox volume, PointCloud points) {
    if (points.size() == 0) {
      return volume;
    }
    AxisAlignedBox bounds = point(points, 0);
    for (int i = 1; i < points.size(); i++) {
      bounds = bounds.union(point(points, i));
    }
    return cubicMetres(bounds) < cubicMetres(volume) ? bounds : volume;
  }

  private static AxisAlignedBox point(PointCloud points, int i) {
    return new AxisAlignedBox(
        points.x(i), points.x(i), points.y(i), points.y(i), points.z(i), points.z(i));
  }

  private static double cubicMetres(AxisAlignedBox box) {
    return Math.max(SHORTEST_EDGE, box.maxX() - box.minX())
        * Math.max(SHORTEST_EDGE, box.maxY() - box.minY())
        * Math.max(SHORTEST_EDGE, box.maxZ() - box.minZ());
  }
}
