package org.nbvrollouts.store.source.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/** Reads one bundle folder; the problems of all its files are reported together. */
final class SceneBundleParser {
  private static final double NANOSECONDS = 1e9;

  /** Characters of a wrong value that a message repeats. */
  private static final int MAX_SHOWN = 80;

  /** Share of the wanted period from which a pose counts as the next one; times jitter. */
  private static final double PERIOD_SHARE = 0.75;

  private final Path folder;
  private final InputProblems problems = new InputProblems();
  private final BundleFolder files;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A folder that was read.
   *
   * @param meshFile the mesh, in the unit and axes of the folder
   * @param frame unit and up axis of the mesh file
   */
  record ParsedBundle(SceneBundle scene, Path meshFile, SceneFrame frame, List<Finding> findings) {
    ParsedBundle {
      findings = List.copyOf(findings);
    }

    /**
     * Reads the mesh into world metres.
     *
     * @throws RefusedInputException if the file breaks a rule or has no faces
     */
    TriangleMesh loadMesh() {
      TriangleMesh mesh = frame.toWorld(MeshFiles.load(meshFile));
      if (mesh.faceCount() == 0) {
        throw new RefusedInputException(
            "Invalid mesh: no faces (expected at least 1, file=" + meshFile + ")");
      }
      return mesh;
    }
  }

  private SceneBundleParser(Path folder) {
    this.folder = folder;
    this.files = new BundleFolder(folder, problems);
  }

  /**
   * Reads a folder.
   *
   * @throws RefusedInputException with one problem per line, of all files of the folder
   */
  static ParsedBundle parse(Path folder) {
    return new SceneBundleParser(folder).parse();
  }

  private ParsedBundle parse() {
    String folderName = files.name();
    BundleSettings settings =
        collect(() -> settings(folderName)).orElse(BundleSettings.defaults(folderName));
    checkSceneId(settings.sceneId());
    files.unknown().forEach(name -> findings.add(new Finding(Finding.Kind.IGNORED, name)));
    Optional<List<SceneBox>> boxes =
        files.boxes().flatMap(file -> collect(() -> BoxesParser.parse(file, settings.frame())));
    Optional<SparsePoints> points =
        files
            .points()
            .flatMap(file -> collect(() -> PointFileParser.parse(file, settings.frame())));
    Optional<TrajectoryParser.LoggedPoses> logged =
        files.trajectory().flatMap(file -> collect(() -> logged(file, settings)));
    FrameAxes axes = axes(settings, logged);
    Optional<CameraCalibration> camera = collect(() -> camera(axes, settings.frame()));
    problems.refuseIfAny();
    PoseTrajectory trajectory = trajectory(logged.orElseThrow(), axes, settings);
    report(boxes.orElseThrow(), points);
    SceneBundle scene =
        new SceneBundle(
            settings.sceneId(),
            settings.licence(),
            settings.attribution(),
            trajectory,
            camera.orElseThrow(),
            points,
            boxes.orElseThrow(),
            settings.cut());
    return new ParsedBundle(scene, files.mesh().orElseThrow(), settings.frame(), findings);
  }

  /** The value, or empty after its problems were added. */
  private <T> Optional<T> collect(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      return Optional.empty();
    }
  }

  private BundleSettings settings(String folderName) {
    Optional<Path> file = files.settings();
    if (file.isEmpty()) {
      assumed("no scene.toml: metres, +z up, scene id " + folderName + ", licence unknown");
      return BundleSettings.defaults(folderName);
    }
    return BundleSettingsParser.parse(file.get(), folderName);
  }

  private void checkSceneId(String sceneId) {
    if (!sceneId.matches("[0-9A-Za-z._-]{1,64}") || sceneId.matches("\\.{1,2}")) {
      problems.add(
          "Invalid scene id: "
              + shortened(sceneId)
              + " (expected 1 to 64 characters of 0-9 A-Z a-z . _ -, folder="
              + folder
              + "); set scene_id in scene.toml");
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
  }

  private TrajectoryParser.LoggedPoses logged(Path file, BundleSettings settings) {
    String format =
        settings
            .trajectoryFormat()
            .orElseGet(
                () -> {
                  String detected = TrajectoryParser.detectFormat(file);
                  assumed("trajectory format " + detected + ", by its first line");
                  return detected;
                });
    return TrajectoryParser.parse(file, format);
  }

  private FrameAxes axes(BundleSettings settings, Optional<TrajectoryParser.LoggedPoses> logged) {
    if (settings.axes().isPresent()) {
      return settings.axes().get();
    }
    boolean mps = logged.isPresent() && logged.get().format().equals("mps");
    FrameAxes axes = mps ? FrameAxes.DOWN_LEFT_FORWARD : FrameAxes.RIGHT_DOWN_FORWARD;
    assumed("trajectory axes " + axes + ", the default of " + (mps ? "MPS" : "TUM") + " poses");
    return axes;
  }

  private CameraCalibration camera(FrameAxes axes, SceneFrame frame) {
    Optional<Path> file = files.camera();
    if (file.isEmpty()) {
      assumed(
          "no camera.json: upright equidistant fisheye, 240x240 px, focal length 101.5 px, at the"
              + " trajectory poses");
      return BundleCamera.DEFAULT;
    }
    return CameraParser.parse(file.get(), axes, frame);
  }

  private PoseTrajectory trajectory(
      TrajectoryParser.LoggedPoses logged, FrameAxes axes, BundleSettings settings) {
    long leastNs = (long) (PERIOD_SHARE * NANOSECONDS / settings.rateHz());
    List<Pose12> poses = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < logged.poses().size(); i++) {
      long time = logged.timesNs().get(i);
      if (times.isEmpty() || time - times.get(times.size() - 1) >= leastNs) {
        poses.add(settings.frame().toWorld(axes.worldFromRig(logged.poses().get(i))));
        times.add(time);
      }
    }
    if (poses.size() < 2) {
      throw new RefusedInputException(
          "Invalid trajectory: one pose is left at "
              + settings.rateHz()
              + " Hz (expected at least 2, file="
              + files.trajectory().orElseThrow()
              + "); raise trajectory.rate_hz");
    }
    findings.add(
        new Finding(
            Finding.Kind.FOUND,
            logged.poses().size() + " poses, " + logged.format() + ", axes " + axes));
    if (poses.size() < logged.poses().size()) {
      assumed(poses.size() + " of the poses kept, at most " + settings.rateHz() + " Hz");
    }
    return new PoseTrajectory(poses, times);
  }

  private void report(List<SceneBox> boxes, Optional<SparsePoints> points) {
    long groundTruth =
        boxes.stream().filter(box -> box.source() == SceneBox.Source.GROUND_TRUTH).count();
    findings.add(
        new Finding(
            Finding.Kind.FOUND,
            groundTruth
                + " ground-truth and "
                + (boxes.size() - groundTruth)
                + " detected boxes of "
                + boxes.stream().map(SceneBox::className).distinct().count()
                + " classes"));
    points.ifPresent(
        cloud ->
            findings.add(
                new Finding(Finding.Kind.FOUND, cloud.pointsWorld().size() + " sparse points")));
    if (groundTruth == 0) {
      findings.add(
          new Finding(Finding.Kind.SUSPICIOUS, "no ground-truth box, so there is no target"));
    }
  }

  private void assumed(String text) {
    findings.add(new Finding(Finding.Kind.ASSUMED, text));
  }
}
