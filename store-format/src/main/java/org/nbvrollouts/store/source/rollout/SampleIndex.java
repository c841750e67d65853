package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.parquet.io.InputFile;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * Where every sample of a source lies, cross-checked with the manifest (rules S-2 and S-10).
 *
 * @param entries by ascending sample index
 * @param unreadable files of the manifest that are missing or of another size
 * @param isWhole true if every row of the manifest has an entry
 */
record SampleIndex(List<Entry> entries, Set<String> unreadable, boolean isWhole) {
  SampleIndex {
    entries = List.copyOf(entries);
    unreadable = Set.copyOf(unreadable);
  }

  /** One sample: who it is, which mesh it needs, and the file and row that hold it. */
  record Entry(SampleIdentity identity, MeshReference mesh, SampleFileReader file, int row) {}

  /**
   * Reads the identity columns of all sample files that can be read. What is wrong with one file
   * hides nothing of the others.
   *
   * @param problems takes every problem
   */
  static SampleIndex read(
      Path directory,
      RolloutSourceManifest manifest,
      Function<Path, InputFile> inputs,
      InputProblems problems) {
    Set<String> unreadable = checkSizes(directory, manifest, problems);
    List<Entry> entries = new ArrayList<>();
    for (RolloutSourceManifest.SourceFile file : manifest.sampleFiles()) {
      if (!unreadable.contains(file.path())) {
        readFile(directory.resolve(file.path()), file.rows(), inputs, entries, problems);
      }
    }
    boolean isWhole = entries.size() == manifest.samples();
    checkDuplicates(entries, problems);
    if (isWhole) {
      checkSplits(entries, manifest, problems);
    }
    checkMeshes(entries, manifest, problems);
    entries.sort(Comparator.comparingLong(entry -> entry.identity().sampleIndex()));
    return new SampleIndex(entries, unreadable, isWhole);
  }

  private static Set<String> checkSizes(
      Path directory, RolloutSourceManifest manifest, InputProblems problems) {
    Set<String> unreadable = new HashSet<>();
    for (RolloutSourceManifest.SourceFile file : manifest.files()) {
      Path path = directory.resolve(file.path());
      long bytes;
      try {
        bytes = Files.size(path);
      } catch (IOException missing) {
        problems.add("Cannot open source: a file of the manifest is missing (file=" + path + ")");
        unreadable.add(file.path());
        continue;
      }
      if (!Files.isRegularFile(path)) {
        problems.add(
            "Cannot open source: no regular file (expected a file of the manifest, file="
                + path
                + ")");
        unreadable.add(file.path());
      } else if (bytes != file.bytes()) {
        problems.add(
            "Cannot open source: a file has another size than its manifest entry (expected="
                + file.bytes()
                + ", actual="
                + bytes
                + ", file="
                + path
                + ")");
        unreadable.add(file.path());
      }
    }
    return unreadable;
  }

  private static void readFile(
      Path path,
      long expectedRows,
      Function<Path, InputFile> inputs,
      List<Entry> entries,
      InputProblems problems) {
    SampleFileReader file;
    try {
      file = SampleFileReader.open(inputs.apply(path), path.toString());
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      return;
    }
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
    for (int row = 0; row < file.rows(); row++) {
      try {
        SourceRow values = file.readIndex(row);
        entries.add(
            new Entry(SourceRowDecoder.identity(values), SourceRowDecoder.mesh(values), file, row));
      } catch (IllegalArgumentException broken) {
        problems.add(broken.getMessage() + " (" + file.place(row) + ")");
      } catch (RefusedInputException refused) {
        problems.addAll(refused);
      }
    }
  }

  private static void checkDuplicates(List<Entry> entries, InputProblems problems) {
    Map<List<Object>, Entry> seen = new HashMap<>();
    for (Entry entry : entries) {
      SampleIdentity identity = entry.identity();
      List<List<Object>> keys =
          List.of(
              List.of("sample_index", identity.sampleIndex()),
              List.of("sample_key", identity.sampleKey()),
              List.of("(scene_id, snippet_id)", identity.sceneId(), identity.snippetId()),
              List.of(
                  "(source_shard_id, source_shard_row)",
                  identity.sourceShardId(),
                  identity.sourceShardRow()));
      for (List<Object> key : keys) {
        Entry other = seen.putIfAbsent(key, entry);
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
    }
  }

  private static void checkSplits(
      List<Entry> entries, RolloutSourceManifest manifest, InputProblems problems) {
    TreeMap<String, Long> splits = new TreeMap<>();
    entries.forEach(entry -> splits.merge(entry.identity().split(), 1L, Long::sum));
    if (!splits.equals(manifest.splits())) {
      problems.add(
          "Cannot open source: rows per split "
              + splits
              + " (expected "
              + manifest.splits()
              + " as in the manifest)");
    }
  }

  private static void checkMeshes(
      List<Entry> entries, RolloutSourceManifest manifest, InputProblems problems) {
    List<String> known =
        manifest.meshes().stream().map(RolloutSourceManifest.SourceFile::sha256).toList();
    for (Entry entry : entries) {
      if (!known.contains(entry.mesh().sha256())) {
        problems.add(
            "Cannot open source: mesh "
                + entry.mesh().sha256()
                + " is not in the manifest ("
                + entry.file().place(entry.row())
                + ")");
      }
    }
  }
}
