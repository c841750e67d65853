package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;

/**
 * What a rollout source holds, as rows for a table or a JSON report.
 *
 * @param sourceManifestHash 16 hex digits
 * @param manifest counts, provenance and files
 * @param bytes size of all files of the manifest
 * @param scenes by scene id and split
 * @param classes by class name
 */
public record RolloutSourceDescription(
    String sourceManifestHash,
    RolloutSourceManifest manifest,
    long bytes,
    List<SceneRow> scenes,
    List<ClassRow> classes) {
  public RolloutSourceDescription {
    scenes = List.copyOf(scenes);
    classes = List.copyOf(classes);
  }

  /**
   * The rows of one scene in one split.
   *
   * @param groundTruthObjects distinct instances among the ground-truth boxes
   * @param detectedBoxes detected boxes summed over samples
   */
  public record SceneRow(
      String sceneId,
      String split,
      long samples,
      long frames,
      long points,
      long groundTruthObjects,
      long detectedBoxes,
      MeshReference mesh) {}

  /**
   * The boxes of one class.
   *
   * @param groundTruthObjects distinct (scene, instance) pairs
   * @param detectedBoxes detected boxes summed over samples
   */
  public record ClassRow(String className, long groundTruthObjects, long detectedBoxes) {}

  /**
   * Reads all samples of a source.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if the source breaks a rule
   */
  public static RolloutSourceDescription describe(Path directory) {
    RolloutSourceReader reader = RolloutSourceReader.open(directory);
    Tally tally = new Tally();
    for (SampleIdentity identity : reader.identities()) {
      tally.add(reader.load(identity.sampleIndex()));
    }
    long bytes =
        reader.manifest().files().stream().mapToLong(RolloutSourceManifest.SourceFile::bytes).sum();
    return new RolloutSourceDescription(
        reader.sourceManifestHash(),
        reader.manifest(),
        bytes,
        new ArrayList<>(tally.scenes.values()),
        new ArrayList<>(tally.classes.values()));
  }

  /** Sums over samples. */
  private static final class Tally {
    private final SortedMap<String, SceneRow> scenes = new TreeMap<>();
    private final SortedMap<String, ClassRow> classes = new TreeMap<>();
    private final Set<List<Object>> objects = new HashSet<>();

    void add(SourceSample sample) {
      SampleIdentity identity = sample.identity();
      long newObjects = 0;
      if (sample.oracle().groundTruth().isPresent()) {
        BoxTable table = sample.oracle().groundTruth().get();
        for (OrientedBox box : table.boxes()) {
          if (objects.add(List.of(identity.sceneId(), box.instanceId()))) {
            newObjects++;
            addClass(new ClassRow(name(table, box), 1, 0));
          }
        }
      }
      long detections = 0;
      if (sample.actor().detected().isPresent()) {
        BoxTable table = sample.actor().detected().get();
        detections = table.boxes().size();
        table.boxes().forEach(box -> addClass(new ClassRow(name(table, box), 0, 1)));
      }
      SceneRow row =
          new SceneRow(
              identity.sceneId(),
              identity.split(),
              1,
              sample.actor().trajectory().size(),
              sample.actor().points().pointsWorld().size(),
              newObjects,
              detections,
              sample.oracle().mesh());
      scenes.merge(row.sceneId() + '\0' + row.split(), row, Tally::sum);
    }

    private static String name(BoxTable table, OrientedBox box) {
      return table.classNames().getOrDefault(box.semanticId(), "class " + box.semanticId());
    }

    private void addClass(ClassRow row) {
      classes.merge(
          row.className(),
          row,
          (a, b) ->
              new ClassRow(
                  a.className(),
                  a.groundTruthObjects() + b.groundTruthObjects(),
                  a.detectedBoxes() + b.detectedBoxes()));
    }

    private static SceneRow sum(SceneRow a, SceneRow b) {
      return new SceneRow(
          a.sceneId(),
          a.split(),
          a.samples() + b.samples(),
          a.frames() + b.frames(),
          a.points() + b.points(),
          a.groundTruthObjects() + b.groundTruthObjects(),
          a.detectedBoxes() + b.detectedBoxes(),
          a.mesh());
    }
  }
}
