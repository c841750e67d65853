package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.mesh.MeshFiles;

/** Checks what the files of a source say about themselves where no manifest says it. */
final class UnlistedFiles {
  private static final String MESH = "[0-9a-f]{64}\\.ply";
  private static final String SAMPLES = "part-[0-9]{5}\\.parquet";

  private UnlistedFiles() {}

  /** Compares rows with their {@code row_sha256} and meshes with the hash in their name. */
  static void check(Path directory, InputProblems problems) {
    for (Path file : files(directory.resolve("samples"), SAMPLES)) {
      checkSamples(file, problems);
    }
    for (Path file : files(directory.resolve("meshes"), MESH)) {
      String expected = file.getFileName().toString().substring(0, 64);
      String actual = MeshFiles.sha256(file);
      if (!actual.equals(expected)) {
        problems.add(
            "Invalid source: content of a mesh differs from its name (expected="
                + expected
                + ", actual="
                + actual
                + ", file="
                + file
                + ")");
      }
    }
  }

  private static void checkSamples(Path path, InputProblems problems) {
    try {
      SampleFileReader file = SampleFileReader.open(new LocalInputFile(path), path.toString());
      for (int row = 0; row < file.rows(); row++) {
        checkSample(file, row, problems);
      }
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
    }
  }

  private static void checkSample(SampleFileReader file, int row, InputProblems problems) {
    try {
      RolloutSourceReader.load(file, row);
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
    }
  }

  /** Files of a folder by name; none if there is no such folder. */
  private static List<Path> files(Path folder, String names) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().matches(names))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new EnvironmentException(
          "Cannot list source: " + StorageReason.of(failed) + " (folder=" + folder + ")", failed);
    }
  }
}
