package org.nbvrollouts.jobs.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.scene.SyntheticScene;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.pipeline.scene.SyntheticSceneGenerator;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.bundle.SceneBox;
import org.nbvrollouts.store.source.bundle.SceneBundle;
import org.nbvrollouts.store.source.bundle.SceneBundleWriter;
import org.nbvrollouts.store.source.bundle.SnippetCut;

/** Writes generated homes as scene bundles, the form in which people bring scans. */
public final class SyntheticBundles {
  private static final String LICENCE = "Apache-2.0";

  private final SyntheticSceneConfig config;

  public SyntheticBundles(SyntheticSceneConfig config) {
    this.config = config;
  }

  /**
   * Writes one folder per home.
   *
   * @param output parent of the folders; none of them may exist
   * @return the folders, by scene number
   */
  public List<Path> write(Path output) {
    SyntheticSceneGenerator generator = new SyntheticSceneGenerator(config);
    List<Path> folders = new ArrayList<>();
    for (int number = 0; number < config.scenes(); number++) {
      SyntheticScene scene = generator.scene(number);
      Path folder = output.resolve(scene.sceneId());
      SceneBundleWriter.write(bundle(scene), scene.mesh(), folder);
      folders.add(folder);
    }
    return folders;
  }

  private SceneBundle bundle(SyntheticScene scene) {
    List<SceneBox> boxes = new ArrayList<>();
    addBoxes(boxes, scene.groundTruth(), SceneBox.Source.GROUND_TRUTH);
    addBoxes(boxes, scene.detected(), SceneBox.Source.DETECTED);
    int poses = Math.min(config.posesPerSnippet(), scene.walk().size());
    int stride =
        config.snippetsPerScene() < 2
            ? scene.walk().size()
            : Math.max(1, (scene.walk().size() - poses) / (config.snippetsPerScene() - 1));
    return new SceneBundle(
        scene.sceneId(),
        Optional.of(LICENCE),
        Optional.empty(),
        scene.walk(),
        scene.calibration(),
        Optional.of(scene.points()),
        boxes,
        new SnippetCut(poses, stride));
  }

  private static void addBoxes(List<SceneBox> boxes, BoxTable table, SceneBox.Source source) {
    for (int i = 0; i < table.boxes().size(); i++) {
      OrientedBox box = table.boxes().get(i);
      String className = table.classNames().getOrDefault(box.semanticId(), "unknown");
      boxes.add(
          new SceneBox(
              className + "-" + i,
              className,
              centred(box),
              new Point3(box.extent(0), box.extent(1), box.extent(2)),
              source,
              box.confidence()));
    }
  }

  /** The pose of the box with its origin moved to the centre. */
  private static Pose12 centred(OrientedBox box) {
    double x = (box.min(0) + box.max(0)) / 2;
    double y = (box.min(1) + box.max(1)) / 2;
    double z = (box.min(2) + box.max(2)) / 2;
    return box.tableFromObject().compose(new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z));
  }
}
