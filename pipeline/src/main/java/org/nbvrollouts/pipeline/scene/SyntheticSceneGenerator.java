package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Generates furnished homes. A scene is a pure function of configuration and scene number.
 * Stateless between calls and thread-safe.
 */
public final class SyntheticSceneGenerator {
  private static final double SMALLEST_ATTRACTION = 0.12;
  private static final int LAYOUT_ATTEMPTS = 6;
  private static final int LEAST_OBJECTS_PER_ROOM = 10;

  private final SyntheticSceneConfig config;

  public SyntheticSceneGenerator(SyntheticSceneConfig config) {
    this.config = config;
  }

  /**
   * Generates one home.
   *
   * @param number 0 … scenes − 1
   * @throws IllegalArgumentException if there is no such scene
   */
  public SyntheticScene scene(int number) {
    if (number < 0 || number >= config.scenes()) {
      throw new IllegalArgumentException(
          "Invalid scene number: " + number + " (expected 0 to " + (config.scenes() - 1) + ")");
    }
    SceneRandom random = new SceneRandom(config.seed()).child("scene", number);
    HomeLayout layout = layOut(random);
    HomeMesher.BuiltHome home = HomeMesher.build(layout, random.child("mesh"), config);
    List<ObjectBox> truth = boxes(layout, home);
    int leastFrames = config.snippetsPerScene() * config.posesPerSnippet();
    WalkPath path =
        TourPlanner.plan(layout, random.child("tour"), HandheldWalk.metresFor(leastFrames) + 1);
    PoseTrajectory walk =
        HandheldWalk.walk(path, layout.plan(), attractions(truth), random.child("walk"));
    Bvh bvh = Bvh.build(home.mesh());
    int pointsPerPose = Math.max(1, config.pointsPerSnippet() / config.posesPerSnippet());
    SampledPoints points =
        VisiblePointSampler.sample(
            home.mesh(),
            bvh,
            walk,
            Collections.nCopies(walk.size(), SyntheticCamera.calibration()),
            pointsPerPose * walk.size(),
            random.child("points"));
    int[] seen = seenPoints(points, home.owners(), truth.size());
    List<ObjectBox> detections =
        new NoisyDetector(config.detectorNoise()).detect(truth, seen, random.child("detector"));
    return new SyntheticScene(
        sceneId(number),
        home,
        bvh,
        walk,
        truth,
        renumbered(detections),
        points,
        volume(layout.plan()));
  }

  /** Id of a scene, known before it is generated. */
  public static String sceneId(int number) {
    return String.format(Locale.ROOT, "home-%06d", number);
  }

  /**
   * Cuts the walk of a scene into samples: one per snippet, in walk order, with indices ascending
   * from {@code firstSampleIndex}. Boxes are in snippet frame and are those that the snippet sees.
   * There is no stored root cloud. The source shard id is empty, which leaves it to the writer.
   *
   * @param mesh reference of the stored mesh of the scene
   * @param split {@code train}, {@code val} or {@code test}
   */
  public List<SourceSample> samples(
      SyntheticScene scene, MeshReference mesh, long firstSampleIndex, String split) {
    SnippetCutter cutter = new SnippetCutter(config, scene, mesh);
    List<SourceSample> samples = new ArrayList<>();
    for (int snippet = 0; snippet < config.snippetsPerScene(); snippet++) {
      samples.add(cutter.cut(snippet, firstSampleIndex + snippet, split));
    }
    return samples;
  }

  /** The first of a few plans in which enough furniture found a place, else the last one. */
  private static HomeLayout layOut(SceneRandom random) {
    for (int attempt = 0; ; attempt++) {
      SceneRandom own = random.child("layout", attempt);
      FloorPlan plan = FloorPlanner.plan(own.child("plan"));
      HomeLayout layout = Furnisher.furnish(plan, own.child("furniture"));
      boolean furnished =
          layout.objects().size() >= LEAST_OBJECTS_PER_ROOM * plan.rooms().size() + 8;
      if (furnished || attempt == LAYOUT_ATTEMPTS) {
        return layout;
      }
    }
  }

  private static List<ObjectBox> boxes(HomeLayout layout, HomeMesher.BuiltHome home) {
    List<ObjectBox> boxes = new ArrayList<>();
    List<PlacedObject> objects = layout.objects();
    for (int index = 0; index < objects.size(); index++) {
      boxes.add(ObjectBox.around(index, objects.get(index), home.bounds().get(index)));
    }
    return boxes;
  }

  private static List<Gaze.Attraction> attractions(List<ObjectBox> boxes) {
    List<Gaze.Attraction> attractions = new ArrayList<>();
    for (ObjectBox box : boxes) {
      if (box.longestSide() > SMALLEST_ATTRACTION && box.objectClass() != ObjectClass.RUG) {
        attractions.add(
            new Gaze.Attraction(
                box.worldFromBox().tx(),
                box.worldFromBox().ty(),
                box.worldFromBox().tz(),
                box.longestSide()));
      }
    }
    return attractions;
  }

  /** Number of sparse points on each object. */
  static int[] seenPoints(SampledPoints points, FaceOwners owners, int objects) {
    int[] seen = new int[objects];
    for (int point = 0; point < points.size(); point++) {
      int owner = owners.ownerOf(points.face(point));
      if (owner != FaceOwners.STRUCTURE) {
        seen[owner]++;
      }
    }
    return seen;
  }

  static List<ObjectBox> renumbered(List<ObjectBox> detections) {
    List<ObjectBox> renumbered = new ArrayList<>();
    for (ObjectBox box : detections) {
      renumbered.add(box.withInstanceId(renumbered.size()));
    }
    return renumbered;
  }

  private static AxisAlignedBox volume(FloorPlan plan) {
    Rectangle bounds = plan.bounds();
    return new AxisAlignedBox(
        (float) bounds.minX(),
        (float) bounds.maxX(),
        (float) bounds.minY(),
        (float) bounds.maxY(),
        0,
        (float) plan.ceilingHeight());
  }
}
