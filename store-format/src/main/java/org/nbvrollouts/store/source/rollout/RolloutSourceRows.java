package org.nbvrollouts.store.source.rollout;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import org.apache.parquet.io.LocalInputFile;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SampleIdentityForm;
import org.nbvrollouts.store.spill.SpilledSort;

/**
 * Who the rows of a rollout source are, by ascending {@code sampleIndex}, however many there are:
 * beyond a few thousand they wait in temporary files. They can be read again and again, by one
 * reader at a time.
 */
public final class RolloutSourceRows implements Iterable<SampleIdentity>, AutoCloseable {
  private final RolloutSourceManifest manifest;
  private final String manifestHash;
  private final SpilledSort<SampleIdentity> rows;

  RolloutSourceRows(
      RolloutSourceManifest manifest, String manifestHash, SpilledSort<SampleIdentity> rows) {
    this.manifest = manifest;
    this.manifestHash = manifestHash;
    this.rows = rows;
  }

  /**
   * Reads the identities of a source folder.
   *
   * @throws RefusedInputException by the rules of {@link RolloutSourceReader#open}
   */
  public static RolloutSourceRows open(Path directory) {
    InputProblems problems = new InputProblems();
    byte[] bytes = RolloutSourceReader.readManifest(directory);
    RolloutSourceManifest manifest = RolloutSourceReader.parseManifest(bytes, directory);
    SpilledSort<SampleIdentity> rows =
        new SpilledSort<>(
            Comparator.comparingLong(SampleIdentity::sampleIndex), new SampleIdentityForm());
    try {
      new SampleScan(directory, manifest, LocalInputFile::new, problems)
          .run(entry -> rows.add(entry.identity()));
      problems.refuseIfAny();
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
    return new RolloutSourceRows(manifest, RolloutSourceManifest.hash(bytes), rows);
  }

  @Override
  public Iterator<SampleIdentity> iterator() {
    return rows.iterator();
  }

  /** Number of rows. */
  public long size() {
    return rows.size();
  }

  public RolloutSourceManifest manifest() {
    return manifest;
  }

  /** As {@link RolloutSourceReader#sourceManifestHash}. */
  public String sourceManifestHash() {
    return manifestHash;
  }

  /** Removes the temporary files. */
  @Override
  public void close() {
    rows.close();
  }
}
