package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.parquet.io.InputFile;
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
    List<Entry> entries = new ArrayList<>();
    SampleScan scan = new SampleScan(directory, manifest, inputs, problems);
    scan.run(entries::add);
    entries.sort(Comparator.comparingLong(entry -> entry.identity().sampleIndex()));
    return new SampleIndex(entries, scan.unreadable(), scan.isWhole());
  }
}
