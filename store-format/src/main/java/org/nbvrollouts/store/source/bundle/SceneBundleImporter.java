package org.nbvrollouts.store.source.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OccupancyExtent;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.SceneSplit;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.rollout.RolloutSourceWriter;
import org.nbvrollouts.store.source.rollout.SourceProvenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports scene bundles into one rollout source v1 (design 4). All folders are read and checked
 * before anything is written; the source appears in one step. The result does not depend on the
 * order of the folders.
 */
public final class SceneBundleImporter {
  private static final Logger LOG = LoggerFactory.getLogger(SceneBundleImporter.class);

  private final SparsePointSampler sampler;

  /**
   * @param sampler supplies points for scenes that have none
   */
  public SceneBundleImporter(SparsePointSampler sampler) {
    this.sampler = sampler;
  }

  /**
   * How scenes become splits.
   *
   * @param valScenes scenes in {@code val}
   * @param testScenes scenes in {@code test}
   */
  public record Options(int valScenes, int testScenes) {
    /** Every scene is a training scene. */
    public static final Options ALL_TRAIN = new Options(0, 0);
  }

  /**
   * One imported scene.
   *
   * @param samples snippets that were written
   */
  public record ImportedScene(
      String sceneId, String split, int samples, MeshReference mesh, List<Finding> findings) {
    public ImportedScene {
      findings = List.copyOf(findings);
    }
  }

  /**
   * What an import did.
   *
   * @param sourceManifestHash hash of the written source
   * @param scenes by scene id
   */
  public record Result(String sourceManifestHash, List<ImportedScene> scenes) {
    public Result {
      scenes = List.copyOf(scenes);
    }
  }

  /**
   * Imports folders.
   *
   * @param output absent or empty folder
   * @throws RefusedInputException listing every problem of every folder, one per line; then nothing
   *     was written
   */
  public Result importBundles(List<Path> folders, Path output, Options options) {
    if (folders.isEmpty()) {
      throw new RefusedInputException("Cannot import scenes: no folder (expected at least 1)");
    }
    RolloutSourceWriter.refuseUnlessFree(output);
    List<SceneBundleParser.ParsedBundle> bundles = parseAll(folders);
    SortedMap<String, String> splits = splits(bundles, options);
    SortedMap<String, Integer> classIds = classIds(bundles);
    List<ImportedScene> scenes = new ArrayList<>();
    try (RolloutSourceWriter writer = RolloutSourceWriter.create(output, provenance(bundles))) {
      long nextIndex = 0;
      for (SceneBundleParser.ParsedBundle bundle : bundles) {
        String split = splits.get(bundle.scene().sceneId());
        ImportedScene scene = write(bundle, split, classIds, nextIndex, writer);
        nextIndex += scene.samples();
        scenes.add(scene);
        LOG.info("Imported scene {}: {} samples", scene.sceneId(), scene.samples());
      }
      return new Result(writer.finish(), scenes);
    }
  }

  private static List<SceneBundleParser.ParsedBundle> parseAll(List<Path> folders) {
    InputProblems problems = new InputProblems();
    Map<String, Path> folderByScene = new TreeMap<>();
    List<SceneBundleParser.ParsedBundle> bundles = new ArrayList<>();
    for (Path folder : folders) {
      try {
        SceneBundleParser.ParsedBundle bundle = SceneBundleParser.parse(folder);
        bundle.loadMesh();
        bundles.add(bundle);
        Path other = folderByScene.putIfAbsent(bundle.scene().sceneId(), folder);
        if (other != null) {
          problems.add(
              "Cannot import scenes: two folders are scene "
                  + bundle.scene().sceneId()
                  + " (expected every scene once, folders="
                  + other
                  + ", "
                  + folder
                  + ")");
        }
      } catch (RefusedInputException refused) {
        problems.addAll(refused);
      }
    }
    problems.refuseIfAny();
    bundles.sort(Comparator.comparing(bundle -> bundle.scene().sceneId()));
    return bundles;
  }

  private static SortedMap<String, String> splits(
      List<SceneBundleParser.ParsedBundle> bundles, Options options) {
    try {
      return SceneSplit.assign(
          bundles.stream().map(bundle -> bundle.scene().sceneId()).toList(),
          options.valScenes(),
          options.testScenes());
    } catch (IllegalArgumentException broken) {
      throw new RefusedInputException(broken.getMessage(), broken);
    }
  }

  /** Class ids over all scenes, from 0 in the order of the names. */
  private static SortedMap<String, Integer> classIds(List<SceneBundleParser.ParsedBundle> bundles) {
    TreeSet<String> names = new TreeSet<>();
    bundles.forEach(bundle -> bundle.scene().boxes().forEach(box -> names.add(box.className())));
    TreeMap<String, Integer> ids = new TreeMap<>();
    names.forEach(name -> ids.put(name, ids.size()));
    return ids;
  }

  private static SourceProvenance provenance(List<SceneBundleParser.ParsedBundle> bundles) {
    Map<String, String> facts = new TreeMap<>();
    for (SceneBundleParser.ParsedBundle bundle : bundles) {
      String prefix = "scene." + bundle.scene().sceneId() + ".";
      bundle.scene().licence().ifPresent(text -> facts.put(prefix + "licence", text));
      bundle.scene().attribution().ifPresent(text -> facts.put(prefix + "attribution", text));
    }
    return new SourceProvenance("scene-bundle", SceneSplit.POLICY, facts);
  }

  private ImportedScene write(
      SceneBundleParser.ParsedBundle bundle,
      String split,
      SortedMap<String, Integer> classIds,
      long firstIndex,
      RolloutSourceWriter writer) {
    SceneBundle scene = bundle.scene();
    List<Finding> findings = new ArrayList<>(bundle.findings());
    TriangleMesh mesh = bundle.loadMesh();
    MeshReference reference = writer.addMesh(mesh);
    findings.add(
        new Finding(
            Finding.Kind.FOUND,
            "mesh of " + mesh.vertexCount() + " vertices and " + mesh.faceCount() + " faces"));
    reportPlaces(scene, mesh, findings);
    SnippetSamples samples = new SnippetSamples(scene, split, classIds);
    SnippetSamples.Made made =
        samples.forEach(firstIndex, mesh, reference, points(scene, mesh), writer::addSample);
    findings.add(
        new Finding(
            Finding.Kind.FOUND,
            made.fewestBoxes()
                + " to "
                + made.mostBoxes()
                + " ground-truth boxes per snippet hold a point that it has seen"));
    reportSamples(scene, samples.count(), made.withoutPoints(), findings);
    return new ImportedScene(scene.sceneId(), split, samples.count(), reference, findings);
  }

  /** What the points of a snippet are. */
  private SparsePointSampler.SceneSampler points(SceneBundle scene, TriangleMesh mesh) {
    if (scene.points().isEmpty()) {
      return sampler.prepare(mesh);
    }
    return (trajectory, cameras, key) ->
        ObservedPoints.of(scene.points().get(), trajectory.worldFromRig(), scene.camera());
  }

  /** A walk outside the mesh is nearly always a wrong unit or up axis. */
  private static void reportPlaces(SceneBundle scene, TriangleMesh mesh, List<Finding> findings) {
    AxisAlignedBox bounds =
        OccupancyExtent.bounds(PointCloud.of(mesh.copyVertices())).orElseThrow();
    long inside =
        scene.trajectory().worldFromRig().stream()
            .filter(pose -> bounds.contains(pose.tx(), pose.ty(), pose.tz()))
            .count();
    if (inside < scene.trajectory().size()) {
      findings.add(
          new Finding(
              Finding.Kind.SUSPICIOUS,
              scene.trajectory().size()
                  - inside
                  + " of "
                  + scene.trajectory().size()
                  + " poses lie outside the bounds of the mesh; check units, up and the poses"));
    }
  }

  private static void reportSamples(
      SceneBundle scene, int samples, int withoutPoints, List<Finding> findings) {
    int poses = scene.trajectory().size();
    int last = (samples - 1) * scene.cut().stride() + Math.min(scene.cut().poses(), poses);
    if (poses < scene.cut().poses()) {
      findings.add(
          new Finding(
              Finding.Kind.ASSUMED,
              "one snippet of " + poses + " poses, fewer than " + scene.cut().poses()));
    } else if (last < poses) {
      findings.add(
          new Finding(Finding.Kind.ASSUMED, poses - last + " poses after the last snippet unused"));
    }
    findings.add(
        new Finding(
            Finding.Kind.ASSUMED,
            scene.points().isPresent()
                ? "points of a snippet: those within "
                    + ObservedPoints.RANGE_METRES
                    + " m in the viewing cone of one of its poses"
                : "no point file: points sampled from the mesh as seen from the trajectory"));
    findings.add(
        new Finding(
            Finding.Kind.ASSUMED, "occupancy extent: the box around the points of the snippet"));
    if (withoutPoints > 0) {
      findings.add(
          new Finding(
              Finding.Kind.ASSUMED,
              "occupancy extent: the bounds of the mesh for "
                  + withoutPoints
                  + " snippets without points"));
    }
  }
}
