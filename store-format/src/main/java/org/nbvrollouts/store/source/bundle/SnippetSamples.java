package org.nbvrollouts.store.source.bundle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OccupancyExtent;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

/** Cuts a scene into snippets and makes a sample of each. */
final class SnippetSamples {
  private static final Point3 GRAVITY = new Point3(0, 0, -9.81);
  private static final int CLASS = 30;
  private static final int INSTANCE = 31;
  private static final int CONFIDENCE = 32;
  private static final int POSE = 18;

  /**
   * What the samples of a scene are like.
   *
   * @param withoutPoints samples whose extent had to be taken from the mesh
   * @param fewestBoxes ground-truth boxes of the sample that has fewest
   * @param mostBoxes ground-truth boxes of the sample that has most
   */
  record Made(int withoutPoints, int fewestBoxes, int mostBoxes) {}

  private final SceneBundle scene;
  private final String split;
  private final SortedMap<String, Integer> classIds;
  private final Optional<BoxTable> groundTruth;
  private final Optional<BoxTable> detected;

  /**
   * @param classIds class id by class name, of every class of the scene
   */
  SnippetSamples(SceneBundle scene, String split, SortedMap<String, Integer> classIds) {
    this.scene = scene;
    this.split = split;
    this.classIds = classIds;
    this.groundTruth = table(SceneBox.Source.GROUND_TRUTH);
    this.detected = table(SceneBox.Source.DETECTED);
  }

  int count() {
    return scene.cut().count(scene.trajectory().size());
  }

  /**
   * Makes the samples in time order.
   *
   * @param firstIndex sample index of the first one
   * @param sampler supplies the points of each snippet
   * @param sink receives every sample
   * @return what had to be decided on the way
   */
  Made forEach(
      long firstIndex,
      TriangleMesh mesh,
      MeshReference reference,
      SparsePointSampler.SceneSampler sampler,
      Consumer<SourceSample> sink) {
    AxisAlignedBox meshBounds =
        OccupancyExtent.bounds(PointCloud.of(mesh.copyVertices())).orElseThrow();
    int withoutPoints = 0;
    int fewestBoxes = Integer.MAX_VALUE;
    int mostBoxes = 0;
    for (int snippet = 0; snippet < count(); snippet++) {
      PoseTrajectory trajectory = trajectory(snippet);
      List<CameraCalibration> cameras = Collections.nCopies(trajectory.size(), scene.camera());
      String snippetId = String.format(Locale.ROOT, "snippet-%06d", snippet);
      String key = SampleIdentity.keyOf(scene.sceneId(), snippetId);
      SparsePoints points = sampler.sample(trajectory, cameras, key);
      Optional<AxisAlignedBox> extent =
          OccupancyExtent.choose(Optional.empty(), points.pointsWorld());
      withoutPoints += extent.isEmpty() ? 1 : 0;
      SampleIdentity identity =
          new SampleIdentity(firstIndex + snippet, key, scene.sceneId(), snippetId, split, "", 0);
      ActorEvidence actor =
          new ActorEvidence(
              trajectory,
              trajectory.last(),
              Optional.of(trajectory.last()),
              Optional.empty(),
              Optional.of(GRAVITY),
              cameras,
              points,
              Optional.empty(),
              extent.orElse(meshBounds),
              detected,
              Optional.empty());
      Optional<BoxTable> seen = groundTruth.map(table -> SeenBoxes.of(table, points.pointsWorld()));
      int boxes = seen.map(table -> table.boxes().size()).orElse(0);
      fewestBoxes = Math.min(fewestBoxes, boxes);
      mostBoxes = Math.max(mostBoxes, boxes);
      sink.accept(
          new SourceSample(identity, actor, new OracleEvidence(seen, Optional.empty(), reference)));
    }
    return new Made(withoutPoints, fewestBoxes, mostBoxes);
  }

  private PoseTrajectory trajectory(int snippet) {
    int from = snippet * scene.cut().stride();
    int to = Math.min(from + scene.cut().poses(), scene.trajectory().size());
    return new PoseTrajectory(
        scene.trajectory().worldFromRig().subList(from, to),
        scene.trajectory().hasTimes() ? scene.trajectory().timesNs().subList(from, to) : List.of());
  }

  /** Boxes of one source in the order of the bundle; empty if there are none. */
  private Optional<BoxTable> table(SceneBox.Source source) {
    List<OrientedBox> boxes = new ArrayList<>();
    Map<Integer, String> names = new TreeMap<>();
    for (int i = 0; i < scene.boxes().size(); i++) {
      SceneBox box = scene.boxes().get(i);
      if (box.source() == source) {
        int classId = classIds.get(box.className());
        names.put(classId, box.className());
        boxes.add(OrientedBox.of(values(box, classId, i), 0, i));
      }
    }
    return boxes.isEmpty()
        ? Optional.empty()
        : Optional.of(new BoxTable(boxes, BoxTable.Frame.WORLD, names));
  }

  private static float[] values(SceneBox box, int classId, int instanceId) {
    float[] values = new float[OrientedBox.LENGTH];
    double[] size = {box.sizeMetres().x(), box.sizeMetres().y(), box.sizeMetres().z()};
    for (int axis = 0; axis < 3; axis++) {
      values[2 * axis] = (float) (-size[axis] / 2);
      values[2 * axis + 1] = (float) (size[axis] / 2);
    }
    // The three projected boxes are unknown, which is written as not visible.
    for (int i = 6; i < POSE; i++) {
      values[i] = -1f;
    }
    System.arraycopy(box.worldFromObject().toFloats(), 0, values, POSE, Pose12.LENGTH);
    values[CLASS] = classId;
    values[INSTANCE] = instanceId;
    values[CONFIDENCE] = (float) box.confidence();
    return values;
  }
}
