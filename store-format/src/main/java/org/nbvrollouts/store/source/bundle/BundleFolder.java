package org.nbvrollouts.store.source.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.InputProblems;

/** Which files a bundle folder has. Their content is not looked at. */
final class BundleFolder {
  private static final String SETTINGS = "scene.toml";
  private static final String TRAJECTORY = "trajectory.csv";
  private static final String BOXES = "boxes.json";
  private static final String CAMERA = "camera.json";
  private static final List<String> MESHES = List.of("mesh.ply", "mesh.obj");
  private static final List<String> POINTS = List.of("points.csv", "points.csv.gz");
  private static final Set<String> KNOWN =
      Set.of(
          SETTINGS,
          TRAJECTORY,
          BOXES,
          CAMERA,
          MESHES.get(0),
          MESHES.get(1),
          POINTS.get(0),
          POINTS.get(1));

  private final Path folder;
  private final InputProblems problems;
  private final Optional<Path> mesh;
  private final Optional<Path> points;

  /**
   * Looks at a folder.
   *
   * @param problems gets every file that is missing or there twice
   * @throws RefusedInputException if there is no such folder, or something that is no file stands
   *     in place of one
   */
  BundleFolder(Path folder, InputProblems problems) {
    this.folder = folder;
    this.problems = problems;
    if (!Files.isDirectory(folder)) {
      throw new RefusedInputException(
          "Cannot import scene: no such folder (expected a scene bundle, folder=" + folder + ")");
    }
    refuseOtherThanFiles();
    this.mesh = one(MESHES, "mesh");
    this.points = one(POINTS, "points");
    if (mesh.isEmpty()) {
      problems.add(missing("mesh.ply or mesh.obj"));
    }
    for (String name : List.of(TRAJECTORY, BOXES)) {
      if (present(name).isEmpty()) {
        problems.add(missing(name));
      }
    }
  }

  /** Stops at once: nothing can be read from a folder, and reading a pipe may never end. */
  private void refuseOtherThanFiles() {
    KNOWN.stream()
        .sorted()
        .map(folder::resolve)
        .filter(file -> Files.exists(file) && !Files.isRegularFile(file))
        .forEach(
            file ->
                problems.add(
                    "Invalid scene: "
                        + (Files.isDirectory(file) ? "a folder" : "no regular file")
                        + " (expected a file, file="
                        + file
                        + ")"));
    problems.refuseIfAny();
  }

  private Optional<Path> one(List<String> names, String what) {
    List<Path> present = names.stream().map(folder::resolve).filter(Files::exists).toList();
    if (present.size() > 1) {
      problems.add(
          "Cannot import scene: two files of "
              + what
              + " (expected one of "
              + String.join(", ", names)
              + ", folder="
              + folder
              + ")");
    }
    return present.stream().findFirst();
  }

  private String missing(String name) {
    return "Cannot import scene: no "
        + name
        + " (expected a scene bundle with it, folder="
        + folder
        + ")";
  }

  private Optional<Path> present(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::exists);
  }

  /** Name of the folder itself. */
  String name() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  Optional<Path> settings() {
    return present(SETTINGS);
  }

  Optional<Path> trajectory() {
    return present(TRAJECTORY);
  }

  Optional<Path> boxes() {
    return present(BOXES);
  }

  Optional<Path> camera() {
    return present(CAMERA);
  }

  Optional<Path> mesh() {
    return mesh;
  }

  Optional<Path> points() {
    return points;
  }

  /** Names in the folder that no bundle has, sorted. */
  List<String> unknown() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !KNOWN.contains(name))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot list scene bundle: " + StorageReason.of(failed) + " (folder=" + folder + ")",
          failed);
    }
  }
}
