package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.parquet.io.InputFile;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.spill.RepeatedValues;

/**
 * One pass over the identity columns of a source, cross-checked with the manifest (rules S-2 and
 * S-10). One sample file is open at a time and rows are handed on one by one, so that memory does
 * not grow with them. Used once.
 */
final class SampleScan {
  /** Rows that are compared with each other where some of them share what only one may have. */
  private static final int MOST_SUSPECTS = 1000;

  private final Path directory;
  private final RolloutSourceManifest manifest;
  private final Function<Path, InputFile> inputs;
  private final InputProblems problems;
  private final Set<String> unreadable = new HashSet<>();
  private final Set<String> meshes;
  private final TreeMap<String, Long> splits = new TreeMap<>();
  private long found;
  private long lastIndex = -1;

  /**
   * @param problems takes every problem; what is wrong with one file hides nothing of the others
   */
  SampleScan(
      Path directory,
      RolloutSourceManifest manifest,
      Function<Path, InputFile> inputs,
      InputProblems problems) {
    this.directory = directory;
    this.manifest = manifest;
    this.inputs = inputs;
    this.problems = problems;
    this.meshes =
        manifest.meshes().stream()
            .map(RolloutSourceManifest.SourceFile::sha256)
            .collect(Collectors.toSet());
  }

  /** Files of the manifest that are missing or of another size. */
  Set<String> unreadable() {
    return unreadable;
  }

  /** Whether every row of the manifest was found. */
  boolean isWhole() {
    return found == manifest.samples();
  }

  /**
   * Reads all sample files that can be read.
   *
   * @param visitor gets every row that could be read, in the order of the files
   */
  void run(Consumer<SampleIndex.Entry> visitor) {
    checkSizes();
    try (RepeatedValues values = new RepeatedValues()) {
      readFiles(
          problems,
          (number, entry) -> {
            found++;
            splits.merge(entry.identity().split(), 1L, Long::sum);
            checkMesh(entry, meshes, problems);
            checkOrder(entry);
            for (List<Object> key : keys(entry.identity())) {
              values.add(key.toString(), number);
            }
            visitor.accept(entry);
          });
      compare(values.suspects(MOST_SUSPECTS));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot compare rows of source: %s (source=%s, temporary_folder=%s)"
              .formatted(StorageReason.of(e), directory, System.getProperty("java.io.tmpdir")),
          e);
    }
    checkSplits();
  }

  private interface Rows {
    void add(int number, SampleIndex.Entry entry) throws IOException;
  }

  /** Looks at the sizes of all files of the manifest. */
  void checkSizes() {
    for (RolloutSourceManifest.SourceFile file : manifest.files()) {
      if (!checkSize(directory, file, problems)) {
        unreadable.add(file.path());
      }
    }
  }

  /** Whether a file of the manifest is there in its size. */
  static boolean checkSize(
      Path directory, RolloutSourceManifest.SourceFile file, InputProblems problems) {
    Path path = directory.resolve(file.path());
    long bytes;
    try {
      bytes = Files.size(path);
    } catch (IOException missing) {
      problems.add("Cannot open source: a file of the manifest is missing (file=" + path + ")");
      return false;
    }
    if (!Files.isRegularFile(path)) {
      problems.add(
          "Cannot open source: no regular file (expected a file of the manifest, file="
              + path
              + ")");
      return false;
    }
    if (bytes != file.bytes()) {
      problems.add(
          "Cannot open source: a file has another size than its manifest entry (expected="
              + file.bytes()
              + ", actual="
              + bytes
              + ", file="
              + path
              + ")");
      return false;
    }
    return true;
  }

  /** Numbers rows from 0, those that cannot be read as well. */
  private void readFiles(InputProblems problems, Rows rows) throws IOException {
    int first = 0;
    for (RolloutSourceManifest.SourceFile file : manifest.sampleFiles()) {
      if (!unreadable.contains(file.path())) {
        first += readFile(directory.resolve(file.path()), file.rows(), first, problems, rows);
      }
    }
  }

  private int readFile(Path path, long expectedRows, int first, InputProblems problems, Rows rows)
      throws IOException {
    SampleFileReader file;
    try {
      file = SampleFileReader.open(inputs.apply(path), path.toString());
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      return 0;
    }
    checkRows(file, expectedRows, path, problems);
    for (int row = 0; row < file.rows(); row++) {
      Optional<SampleIndex.Entry> entry = readRow(file, row, problems);
      if (entry.isPresent()) {
        rows.add(first + row, entry.get());
      }
    }
    return file.rows();
  }

  static void checkRows(
      SampleFileReader file, long expectedRows, Path path, InputProblems problems) {
    if (file.rows() != expectedRows) {
      problems.add(
          "Cannot open source: "
              + file.rows()
              + " rows (expected "
              + expectedRows
              + " as in the manifest, file="
              + path
              + ")");
    }
  }

  /** Identity and mesh of a row, or a problem more. */
  static Optional<SampleIndex.Entry> readRow(
      SampleFileReader file, int row, InputProblems problems) {
    try {
      SourceRow values = file.readIndex(row);
      return Optional.of(
          new SampleIndex.Entry(
              SourceRowDecoder.identity(values), SourceRowDecoder.mesh(values), file, row));
    } catch (IllegalArgumentException broken) {
      problems.add(broken.getMessage() + " (" + file.place(row) + ")");
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
    }
    return Optional.empty();
  }

  private static List<List<Object>> keys(SampleIdentity identity) {
    return List.of(
        List.of("sample_index", identity.sampleIndex()),
        List.of("sample_key", identity.sampleKey()),
        List.of("(scene_id, snippet_id)", identity.sceneId(), identity.snippetId()),
        List.of(
            "(source_shard_id, source_shard_row)",
            identity.sourceShardId(),
            identity.sourceShardRow()));
  }

  /** Reads rows that may share a value again and compares them. */
  private void compare(SortedSet<Integer> suspects) throws IOException {
    if (suspects.isEmpty()) {
      return;
    }
    Map<List<Object>, SampleIndex.Entry> seen = new HashMap<>();
    readFiles(
        new InputProblems(),
        (number, entry) -> {
          if (suspects.contains(number)) {
            keys(entry.identity())
                .forEach(key -> compare(key, entry, seen.putIfAbsent(key, entry)));
          }
        });
  }

  private void compare(List<Object> key, SampleIndex.Entry entry, SampleIndex.Entry other) {
    if (other != null) {
      problems.add(
          "Cannot open source: repeated "
              + key.get(0)
              + " "
              + key.subList(1, key.size())
              + " (expected each once, "
              + entry.file().place(entry.row())
              + ", first "
              + other.file().place(other.row())
              + ")");
    }
  }

  static void checkMesh(SampleIndex.Entry entry, Set<String> meshes, InputProblems problems) {
    if (!meshes.contains(entry.mesh().sha256())) {
      problems.add(
          "Cannot open source: mesh "
              + entry.mesh().sha256()
              + " is not in the manifest ("
              + entry.file().place(entry.row())
              + ")");
    }
  }

  /** Rows are found by that order; a repeated index is told as such. */
  private void checkOrder(SampleIndex.Entry entry) {
    long index = entry.identity().sampleIndex();
    if (index < lastIndex) {
      problems.add(
          "Cannot open source: sample_index "
              + index
              + " after "
              + lastIndex
              + " (expected ascending rows, "
              + entry.file().place(entry.row())
              + ")");
    }
    lastIndex = index;
  }

  /** What damaged files do not tell is no further problem. */
  private void checkSplits() {
    if (isWhole() && !splits.equals(manifest.splits())) {
      problems.add(
          "Cannot open source: rows per split "
              + splits
              + " (expected "
              + manifest.splits()
              + " as in the manifest)");
    }
  }
}
