package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/** Reads every byte of a rollout source and lists everything that is wrong with it. */
public final class RolloutSourceCheck {
  private final Path directory;
  private final InputProblems problems = new InputProblems();
  private long frames;
  private long points;

  private RolloutSourceCheck(Path directory) {
    this.directory = directory;
  }

  /**
   * What a check found.
   *
   * @param samples rows that could be opened
   * @param problems one line each; empty for a sound source
   */
  public record Result(long samples, List<String> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /** Checks manifest, file hashes, identities, rows with their hashes, meshes and counts. */
  public static Result check(Path directory) {
    return new RolloutSourceCheck(directory).check();
  }

  private Result check() {
    RolloutSourceReader reader;
    try {
      reader = RolloutSourceReader.openReadable(directory, problems);
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      UnlistedFiles.check(directory, problems);
      return new Result(0, problems.lines());
    }
    boolean isWhole = reader.index().isWhole();
    checkFiles(reader);
    checkStrangers(reader.manifest());
    Set<String> used = new HashSet<>();
    TreeSet<String> scenes = new TreeSet<>();
    for (SampleIdentity identity : reader.identities()) {
      isWhole &= checkSample(reader, identity);
      used.add(reader.meshReference(identity.sampleIndex()).sha256());
      scenes.add(identity.sceneId());
    }
    checkMeshes(reader);
    // What damaged files do not tell is no further problem.
    if (reader.index().isWhole()) {
      checkUse(reader.manifest(), used);
      checkCount("scenes", reader.manifest().scenes(), scenes.size());
    }
    if (isWhole) {
      checkCount("frames", reader.manifest().frames(), frames);
      checkCount("points", reader.manifest().points(), points);
    }
    return new Result(reader.identities().size(), problems.lines());
  }

  private void checkFiles(RolloutSourceReader reader) {
    for (RolloutSourceManifest.SourceFile file : reader.manifest().files()) {
      if (reader.index().unreadable().contains(file.path())) {
        continue;
      }
      Path path = directory.resolve(file.path());
      String actual = MeshFiles.sha256(path);
      if (!actual.equals(file.sha256())) {
        problems.add(
            "Invalid source: content of a file differs from the manifest (expected="
                + file.sha256()
                + ", actual="
                + actual
                + ", file="
                + path
                + ")");
      }
    }
  }

  private void checkStrangers(RolloutSourceManifest manifest) {
    Set<String> known = new HashSet<>();
    known.add(RolloutSourceManifest.FILE_NAME);
    manifest.files().forEach(file -> known.add(file.path()));
    try (Stream<Path> paths = Files.walk(directory)) {
      List<String> strangers =
          paths
              .filter(Files::isRegularFile)
              .map(path -> directory.relativize(path).toString().replace('\\', '/'))
              .filter(name -> !known.contains(name))
              .sorted()
              .toList();
      for (String stranger : strangers) {
        problems.add(
            "Invalid source: file is not in the manifest (file="
                + directory.resolve(stranger)
                + ")");
      }
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot list source: " + StorageReason.of(failed) + " (folder=" + directory + ")",
          failed);
    }
  }

  private boolean checkSample(RolloutSourceReader reader, SampleIdentity identity) {
    try {
      SourceSample sample = reader.load(identity.sampleIndex());
      frames += sample.actor().trajectory().size();
      points += sample.actor().points().pointsWorld().size();
      return true;
    } catch (RefusedInputException refused) {
      problems.addNew(refused);
      return false;
    }
  }

  private void checkUse(RolloutSourceManifest manifest, Set<String> used) {
    for (RolloutSourceManifest.SourceFile file : manifest.meshes()) {
      if (!used.contains(file.sha256())) {
        problems.add("Invalid source: no sample uses a mesh (file=" + file.path() + ")");
      }
    }
  }

  private void checkMeshes(RolloutSourceReader reader) {
    for (RolloutSourceManifest.SourceFile file : reader.manifest().meshes()) {
      if (reader.index().unreadable().contains(file.path())) {
        continue;
      }
      try {
        checkCounts(reader, file.sha256(), reader.loadMesh(file.sha256()));
      } catch (RefusedInputException refused) {
        problems.addAll(refused);
      }
    }
  }

  private void checkCounts(RolloutSourceReader reader, String sha256, TriangleMesh mesh) {
    List<Long> wrong = new ArrayList<>();
    for (SampleIdentity identity : reader.identities()) {
      MeshReference reference = reader.meshReference(identity.sampleIndex());
      boolean named = reference.sha256().equals(sha256) && reference.faceCount() >= 0;
      if (named
          && (reference.vertexCount() != mesh.vertexCount()
              || reference.faceCount() != mesh.faceCount())) {
        wrong.add(identity.sampleIndex());
      }
    }
    if (!wrong.isEmpty()) {
      problems.add(
          "Invalid source: samples "
              + wrong
              + " give other counts of their mesh (expected "
              + mesh.vertexCount()
              + " vertices and "
              + mesh.faceCount()
              + " faces, mesh="
              + sha256
              + ")");
    }
  }

  private void checkCount(String what, long stated, long actual) {
    if (stated != actual) {
      problems.add(
          "Invalid source: the manifest counts "
              + stated
              + " "
              + what
              + " (expected "
              + actual
              + ", folder="
              + directory
              + ")");
    }
  }
}
